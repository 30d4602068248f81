#include "api/common/rate_headers.h"

#include <string>

namespace parcelwake::api {

void tell_standing(wire::http::Response& response, const app::RateStanding& rate) {
  response.headers.emplace_back("RateLimit-Limit", std::to_string(rate.limit));
  response.headers.emplace_back("RateLimit-Remaining", std::to_string(rate.remaining));
  response.headers.emplace_back("RateLimit-Reset", std::to_string(rate.reset.count()));
  if (!rate.admitted) response.headers.emplace_back("Retry-After", std::to_string(rate.retry_after.count()));
}

}  // namespace parcelwake::api
