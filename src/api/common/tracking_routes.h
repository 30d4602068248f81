#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

void create_tracking(const Call& call, wire::http::Reply reply);    // POST   trackings/post
void create_trackings(const Call& call, wire::http::Reply reply);   // POST   trackings/batch
void list_trackings(const Call& call, wire::http::Reply reply);     // GET    trackings/get (and POST)
void track_in_realtime(const Call& call, wire::http::Reply reply);  // POST   trackings/realtime
void get_tracking(const Call& call, wire::http::Reply reply);       // GET    trackings/{carrier}/{number}[/{language}]
void update_tracking(const Call& call, wire::http::Reply reply);    // PUT    trackings/{carrier}/{number} (and POST)
void delete_tracking(const Call& call, wire::http::Reply reply);    // DELETE trackings/{carrier}/{number}

}  // namespace parcelwake::api
