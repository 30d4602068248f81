#include "api/trackingmore_v4/call.h"

#include "api/common/rate_headers.h"
#include "api/trackingmore_v4/reply_for_error.h"

namespace parcelwake::api::trackingmore_v4 {

std::optional<Code> refusal_without_balance(const Call& call, domain::Units cost) {
  if (!call.caller.allowance.metered) return std::nullopt;
  const auto has = app::can_pay(call.caller, cost, call.services.readers.of_this_thread().ledger(), call.now);
  if (!has) return code_for(has.error());
  return *has ? std::nullopt : std::optional(Code::QuotaReached);
}

void Answerer::send(wire::http::Response&& response) const {
  if (rate_) tell_standing(response, *rate_);
  std::move(*reply_).send(std::move(response));
}

}  // namespace parcelwake::api::trackingmore_v4
