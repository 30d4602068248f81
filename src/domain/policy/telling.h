#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.h"
#include "domain/notification/endpoint.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// What a reader sees of where a parcel stands.
struct Standing {
  Status status = Status::Pending;
  std::optional<Substatus> substatus;

  bool operator==(const Standing&) const = default;
};

// A change is news when it moves this. While the customer's own status hides the computed one, nothing does.
inline Standing standing_of(const Tracking& tracking) { return {tracking.status(), tracking.substatus()}; }

// How long and how often an endpoint is tried. The defaults are the vendor's documented ones; the days are ours.
struct RetryRule {
  unsigned attempts = 14;                         // after so many a notice is dropped
  std::chrono::milliseconds first_pause{30'000};  // before the second attempt; doubles with each further one
  std::chrono::milliseconds disable_after = std::chrono::days{5};  // of nothing but failures

  bool operator==(const RetryRule&) const = default;
};

// However long an endpoint wants to be left alone, it is tried again after this.
inline constexpr std::chrono::hours kLongestRetryAfter{24};

// How long to wait after the `failures`-th failed attempt (1 or more); nothing when that was the last. The pause is
// never shorter than what the endpoint asked for. `dice` is 32 random bits: it lengthens the pause by up to a tenth, so
// that what failed together is not tried again together.
std::optional<std::chrono::milliseconds> pause_before_retry(const RetryRule& rule, unsigned failures,
                                                            std::optional<std::chrono::milliseconds> retry_after,
                                                            std::uint32_t dice);

// Whether an endpoint has failed for so long that it is given up.
bool is_given_up(const Endpoint& endpoint, const RetryRule& rule, Timestamp now);

}  // namespace parcelwake::domain
