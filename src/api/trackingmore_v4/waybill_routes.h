#pragma once

#include "api/trackingmore_v4/call.h"

namespace parcelwake::api::trackingmore_v4 {

void track_waybill(const Call& call, wire::http::Reply reply);  // POST awb

}  // namespace parcelwake::api::trackingmore_v4
