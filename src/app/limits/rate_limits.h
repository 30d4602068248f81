#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "app/limits/rate_limiter.h"
#include "domain/tracking/tracking_id.h"

namespace parcelwake::app {

// Calls that are counted together.
enum class RateClass : std::uint8_t { List, Realtime, Create, Other, V4Create, V4Other };
inline constexpr std::size_t kRateClassCount = 6;

// Whose calls are counted together.
enum class RateScope { Account, Address };

struct RateSettings {
  // By class, calls a second; 0: no limit. The vendors document the first two and the last two.
  std::array<double, kRateClassCount> per_second = {1, 3, 0, 0, 3, 10};
  double factor = 1;  // raises or lowers all of them; 0: there are no limits
  std::chrono::seconds block{0};
  RateScope scope = RateScope::Account;
};

// The rate limits of all calls. Thread-safe.
class RateLimits {
 public:
  explicit RateLimits(const RateSettings& settings);

  // Whether admit() looks at the address, so that whoever calls need not find it out otherwise.
  bool by_address() const { return scope_ == RateScope::Address; }

  // Counts a call. `address` is where it came from.
  RateStanding admit(RateClass rate, domain::AccountId account, std::string_view address, Timestamp now);

 private:
  RateScope scope_;
  std::array<RateLimiter, kRateClassCount> limiters_;
};

}  // namespace parcelwake::app
