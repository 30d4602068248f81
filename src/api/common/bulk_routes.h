#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

// What is done to trackings that the body names: updatemore, delete and notupdate take many, update gives one to
// another carrier.
void update_many(const Call& call, wire::http::Reply reply);
void delete_many(const Call& call, wire::http::Reply reply);
void stop_updates(const Call& call, wire::http::Reply reply);
void change_carrier(const Call& call, wire::http::Reply reply);

}  // namespace parcelwake::api
