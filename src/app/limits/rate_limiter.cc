#include "app/limits/rate_limiter.h"

#include <algorithm>

namespace parcelwake::app {

bool RateLimiter::admit(std::string_view caller, Timestamp now) {
  if (limit_.per_second <= 0) return true;
  const double most = std::max(1.0, limit_.per_second);
  const std::scoped_lock lock(mutex_);
  forget_full(most, now);
  const auto [at, is_new] = buckets_.try_emplace(std::string(caller), Bucket{.tokens = most, .filled_at = now});
  Bucket& bucket = at->second;
  bucket.tokens = std::min(most, bucket.tokens + earned(bucket, now));
  bucket.filled_at = std::max(bucket.filled_at, now);
  if (bucket.tokens < 1.0) return false;
  bucket.tokens -= 1.0;
  return true;
}

double RateLimiter::earned(const Bucket& bucket, Timestamp now) const {
  const std::chrono::duration<double> elapsed = now - bucket.filled_at;
  return std::max(0.0, elapsed.count()) * limit_.per_second;
}

void RateLimiter::forget_full(double most, Timestamp now) {
  if (now - swept_at_ < std::chrono::minutes{1}) return;
  swept_at_ = now;
  std::erase_if(buckets_, [&](const auto& entry) { return entry.second.tokens + earned(entry.second, now) >= most; });
}

}  // namespace parcelwake::app
