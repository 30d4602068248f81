#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace parcelwake::app {

// So many calls in each second, the unused of one second being worth at most one second's more. 0: no limit.
struct RateLimit {
  double per_second = 0;
  std::chrono::seconds block{0};  // after a call too many, no further call is admitted for so long
};

// How a caller stands after a call.
struct RateStanding {
  bool admitted = true;
  std::int64_t limit = 0;               // calls that may come at once; 0: there is no limit
  std::int64_t remaining = 0;           // of them, now
  std::chrono::seconds reset{0};        // until all of them may come again, rounded up
  std::chrono::seconds retry_after{0};  // when refused: until the next is admitted, rounded up
};

// Counts the calls of each caller against a limit. Thread-safe. Callers that fell silent for so long that they may call
// at full rate again are forgotten within a minute, so memory follows the number of those who call.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimit limit) : limit_(limit) {}

  // Whether this call of `caller` may go on; a refused call costs nothing but the block, where there is one.
  RateStanding admit(std::string_view caller, Timestamp now);

 private:
  struct Bucket {
    double tokens = 0;
    Timestamp filled_at{};
    Timestamp blocked_until{};
  };

  double most() const;
  double earned(const Bucket& bucket, Timestamp now) const;  // since it was filled
  std::chrono::seconds time_for(double tokens) const;        // to earn them, rounded up
  RateStanding standing_of(const Bucket& bucket, bool admitted, Timestamp now) const;
  void forget_full(Timestamp now);  // they say no more than no bucket does

  RateLimit limit_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  Timestamp swept_at_{};
};

}  // namespace parcelwake::app
