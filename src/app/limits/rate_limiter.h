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
};

// Counts the calls of each caller against a limit. Thread-safe. Callers that fall silent are forgotten, so memory
// follows the number of callers within the last minute.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimit limit) : limit_(limit) {}

  // Whether this call of `caller` may go on; a refused call costs nothing.
  bool admit(std::string_view caller, Timestamp now);

 private:
  struct Bucket {
    double tokens = 0;
    Timestamp filled_at{};
  };

  void forget_silent(Timestamp now);

  RateLimit limit_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  Timestamp swept_at_{};
};

}  // namespace parcelwake::app
