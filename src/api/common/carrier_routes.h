#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

void get_carriers(const Call& call, wire::http::Reply reply);     // GET  carriers
void detect_carriers(const Call& call, wire::http::Reply reply);  // POST carriers/detect

}  // namespace parcelwake::api
