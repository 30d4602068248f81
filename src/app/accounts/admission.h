#pragma once

#include <optional>
#include <string_view>

#include "app/accounts/caller.h"
#include "app/limits/rate_limits.h"
#include "base/result.h"
#include "domain/account/balance.h"
#include "domain/account/permission.h"
#include "domain/account/plan.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// What a call asks of its caller.
struct Demand {
  domain::PermissionSet permissions{};       // all of these
  std::optional<domain::Feature> feature{};  // that must not be switched off
  RateClass rate = RateClass::Other;
};

// Why a caller may not call, in the order in which it is looked for. Each dialect has its own codes for these.
enum class Refusal {
  NotPermitted,    // The key may not be used for this.
  PlanWithoutApi,  // The account's plan does not include the API.
  Blocked,         // The account is blocked.
  FeatureOff,      // This is switched off for the account or its plan.
  TooManyCalls,    // Come back when `rate` says.
};

struct Admission {
  std::optional<Refusal> refusal{};
  std::optional<RateStanding> rate{};  // where the call has a limit and was counted
};

// Whether a call may go on: what can be said before its body is read. Counts it against its rate limit. Makes no
// statement.
Admission admit(const Caller& caller, const Demand& demand, std::string_view address, RateLimits& limits,
                Timestamp now);

// What an account has left.
struct Remaining {
  domain::Units balance{};
  std::int64_t numbers = 0;  // that it may still add
  bool unlimited = false;    // nothing is counted; `numbers` is kUnlimitedNumbers
};

// The numbers of an account without a limit: more than any count of parcels, and within a client's 32 bits.
inline constexpr std::int64_t kUnlimitedNumbers = 1'000'000'000;

// One statement, as of `now`, with what is due to it granted. An account that is not metered has what it once
// purchased.
Result<Remaining, ports::StoreError> remaining(const Caller& caller, ports::LedgerReader& ledger, Timestamp now);

// Whether `cost` can be paid just now. No statement for an account that is not metered, one for others.
Result<bool, ports::StoreError> can_pay(const Caller& caller, domain::Units cost, ports::LedgerReader& ledger,
                                        Timestamp now);

}  // namespace parcelwake::app
