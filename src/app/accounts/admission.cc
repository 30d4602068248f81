#include "app/accounts/admission.h"

namespace parcelwake::app {
namespace {

std::optional<Refusal> refusal_of(const Caller& caller, const Demand& demand) {
  if (!caller.permissions.contains(demand.permissions)) return Refusal::NotPermitted;
  if (!caller.api) return Refusal::PlanWithoutApi;
  if (caller.blocked) return Refusal::Blocked;
  if (demand.feature && caller.features_off.contains(*demand.feature)) return Refusal::FeatureOff;
  return std::nullopt;
}

}  // namespace

Admission admit(const Caller& caller, const Demand& demand, std::string_view address, RateLimits& limits,
                Timestamp now) {
  if (const auto refusal = refusal_of(caller, demand)) return {.refusal = refusal, .rate = {}};
  const RateStanding standing = limits.admit(demand.rate, caller.account, address, now);
  if (standing.limit == 0) return {};
  if (standing.admitted) return {.refusal = {}, .rate = standing};
  return {.refusal = Refusal::TooManyCalls, .rate = standing};
}

Result<Remaining, ports::StoreError> remaining(const Caller& caller, ports::LedgerReader& ledger, Timestamp now) {
  auto balance = ledger.balance(caller.account);
  if (!balance) return fail(balance.error());
  domain::settle(*balance, caller.allowance, now);
  const domain::Units total = balance->total();
  if (!caller.allowance.metered) return Remaining{.balance = total, .numbers = kUnlimitedNumbers, .unlimited = true};
  return Remaining{.balance = total, .numbers = total.floored(), .unlimited = false};
}

Result<bool, ports::StoreError> can_pay(const Caller& caller, domain::Units cost, ports::LedgerReader& ledger,
                                        Timestamp now) {
  if (!caller.allowance.metered) return true;
  const auto left = remaining(caller, ledger, now);
  if (!left) return fail(left.error());
  return left->balance >= cost;
}

}  // namespace parcelwake::app
