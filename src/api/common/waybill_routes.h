#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

void track_aircargo(const Call& call, wire::http::Reply reply);  // POST trackings/aircargo

}  // namespace parcelwake::api
