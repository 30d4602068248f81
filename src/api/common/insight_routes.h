#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

void find_remote_areas(const Call& call, wire::http::Reply reply);  // POST trackings/remote
void get_transit_times(const Call& call, wire::http::Reply reply);  // POST trackings/costtime

}  // namespace parcelwake::api
