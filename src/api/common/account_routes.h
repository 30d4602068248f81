#pragma once

#include "api/common/call.h"

namespace parcelwake::api {

// GET getuserinfo: who the account is and what it has left. GET or POST getstatusnumber: how many trackings it has of
// each status, all eight named.
void get_user_info(const Call& call, wire::http::Reply reply);
void count_statuses(const Call& call, wire::http::Reply reply);

}  // namespace parcelwake::api
