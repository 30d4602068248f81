#pragma once

#include "app/limits/rate_limiter.h"
#include "wire/http/server/message.h"

namespace parcelwake::api {

// Says in an answer's headers how its caller stands with the rate limit: the fields of
// draft-ietf-httpapi-ratelimit-headers up to its version 06, which clients know, and RFC 9110's Retry-After where the
// call was refused; seconds.
void tell_standing(wire::http::Response& response, const app::RateStanding& rate);

}  // namespace parcelwake::api
