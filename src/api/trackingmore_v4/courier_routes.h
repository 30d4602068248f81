#pragma once

#include "api/trackingmore_v4/call.h"

namespace parcelwake::api::trackingmore_v4 {

void get_couriers(const Call& call, wire::http::Reply reply);     // GET  couriers/all
void detect_couriers(const Call& call, wire::http::Reply reply);  // POST couriers/detect

}  // namespace parcelwake::api::trackingmore_v4
