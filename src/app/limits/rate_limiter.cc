#include "app/limits/rate_limiter.h"

#include <algorithm>

namespace parcelwake::app {

bool RateLimiter::admit(std::string_view caller, Timestamp now) {
  if (limit_.per_second <= 0) return true;
  const double most = std::max(1.0, limit_.per_second);
  const std::scoped_lock lock(mutex_);
  forget_silent(now);
  const auto [at, is_new] = buckets_.try_emplace(std::string(caller), Bucket{.tokens = most, .filled_at = now});
  Bucket& bucket = at->second;
  const double elapsed = std::chrono::duration<double>(now - bucket.filled_at).count();
  bucket.tokens = std::min(most, bucket.tokens + std::max(0.0, elapsed) * limit_.per_second);
  bucket.filled_at = now;
  if (bucket.tokens < 1.0) return false;
  bucket.tokens -= 1.0;
  return true;
}

void RateLimiter::forget_silent(Timestamp now) {
  if (now - swept_at_ < std::chrono::minutes{1}) return;
  swept_at_ = now;
  std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.filled_at > std::chrono::minutes{1}; });
}

}  // namespace parcelwake::app
