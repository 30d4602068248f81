#include "api/common/call.h"

#include "api/common/rate_headers.h"
#include "api/common/reply_for_error.h"

namespace parcelwake::api {

std::optional<Meta> refusal_without_balance(const Call& call, domain::Units cost) {
  if (!call.caller.allowance.metered) return std::nullopt;
  const auto has = app::can_pay(call.caller, cost, call.services.readers.of_this_thread().ledger(), call.now);
  if (!has) return meta_for(has.error());
  return *has ? std::nullopt : std::optional(Meta::BalanceGone);
}

void Answerer::send(wire::http::Response&& response) const {
  if (rate_) tell_standing(response, *rate_);
  std::move(*reply_).send(std::move(response));
}

}  // namespace parcelwake::api
