#include "app/limits/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace parcelwake::app {
namespace {

using std::chrono::seconds;

}  // namespace

RateStanding RateLimiter::admit(std::string_view caller, Timestamp now) {
  if (limit_.per_second <= 0) return {};
  const std::scoped_lock lock(mutex_);
  forget_full(now);
  const auto [at, is_new] = buckets_.try_emplace(std::string(caller), Bucket{.tokens = most(), .filled_at = now});
  Bucket& bucket = at->second;
  bucket.tokens = std::min(most(), bucket.tokens + earned(bucket, now));
  bucket.filled_at = std::max(bucket.filled_at, now);
  const bool blocked = now < bucket.blocked_until;
  const bool admitted = !blocked && bucket.tokens >= 1.0;
  if (admitted) bucket.tokens -= 1.0;
  if (!admitted && !blocked) bucket.blocked_until = now + limit_.block;
  return standing_of(bucket, admitted, now);
}

double RateLimiter::most() const { return std::max(1.0, limit_.per_second); }

double RateLimiter::earned(const Bucket& bucket, Timestamp now) const {
  const std::chrono::duration<double> elapsed = now - bucket.filled_at;
  return std::max(0.0, elapsed.count()) * limit_.per_second;
}

seconds RateLimiter::time_for(double tokens) const {
  constexpr double kLongest = 1e9;  // what a slower rate needs is told as this
  return seconds{static_cast<std::int64_t>(std::min(kLongest, std::ceil(std::max(0.0, tokens) / limit_.per_second)))};
}

RateStanding RateLimiter::standing_of(const Bucket& bucket, bool admitted, Timestamp now) const {
  RateStanding standing{.admitted = admitted,
                        .limit = static_cast<std::int64_t>(most()),
                        .remaining = static_cast<std::int64_t>(bucket.tokens),
                        .reset = time_for(most() - bucket.tokens)};
  if (admitted) return standing;
  const seconds blocked = std::chrono::ceil<seconds>(std::max(bucket.blocked_until - now, Timestamp::duration{0}));
  standing.remaining = 0;
  standing.retry_after = std::max({seconds{1}, blocked, time_for(1.0 - bucket.tokens)});
  standing.reset = std::max(standing.reset, standing.retry_after);
  return standing;
}

void RateLimiter::forget_full(Timestamp now) {
  if (now - swept_at_ < std::chrono::minutes{1}) return;
  swept_at_ = now;
  std::erase_if(buckets_, [&](const auto& entry) {
    return now >= entry.second.blocked_until && entry.second.tokens + earned(entry.second, now) >= most();
  });
}

}  // namespace parcelwake::app
