#include "api/common/call.h"

#include "api/common/reply_for_error.h"

namespace parcelwake::api {
namespace {

// The fields of draft-ietf-httpapi-ratelimit-headers up to its version 06, which clients know, and RFC 9110's
// Retry-After; seconds.
void tell_standing(wire::http::Response& response, const app::RateStanding& rate) {
  response.headers.emplace_back("RateLimit-Limit", std::to_string(rate.limit));
  response.headers.emplace_back("RateLimit-Remaining", std::to_string(rate.remaining));
  response.headers.emplace_back("RateLimit-Reset", std::to_string(rate.reset.count()));
  if (!rate.admitted) response.headers.emplace_back("Retry-After", std::to_string(rate.retry_after.count()));
}

}  // namespace

std::optional<Meta> refusal_without_balance(const Call& call) {
  if (!call.caller.allowance.metered) return std::nullopt;
  const auto has = app::has_balance(call.caller, call.services.readers.of_this_thread().ledger(), call.now);
  if (!has) return meta_for(has.error());
  return *has ? std::nullopt : std::optional(Meta::BalanceGone);
}

void Answerer::send(wire::http::Response&& response) const {
  if (rate_) tell_standing(response, *rate_);
  std::move(*reply_).send(std::move(response));
}

}  // namespace parcelwake::api
