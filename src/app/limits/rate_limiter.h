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

// Counts the calls of each caller against a limit. Thread-safe. Callers that fell silent for so long that they may call
// at full rate again are forgotten within a minute, so memory follows the number of those who call.
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

  double earned(const Bucket& bucket, Timestamp now) const;  // since it was filled
  void forget_full(double most, Timestamp now);              // they say no more than no bucket does

  RateLimit limit_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  Timestamp swept_at_{};
};

}  // namespace parcelwake::app
