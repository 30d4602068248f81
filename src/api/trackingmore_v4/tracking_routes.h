#pragma once

#include "api/trackingmore_v4/call.h"

namespace parcelwake::api::trackingmore_v4 {

void create_tracking(const Call& call, wire::http::Reply reply);   // POST   trackings/create
void create_trackings(const Call& call, wire::http::Reply reply);  // POST   trackings/batch
void list_trackings(const Call& call, wire::http::Reply reply);    // GET    trackings/get
void update_tracking(const Call& call, wire::http::Reply reply);   // PUT    trackings/update/{id}
void delete_tracking(const Call& call, wire::http::Reply reply);   // DELETE trackings/delete/{id}
void retrack(const Call& call, wire::http::Reply reply);           // POST   trackings/retrack/{id}

}  // namespace parcelwake::api::trackingmore_v4
