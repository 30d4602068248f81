#include "carriers/asking/pace.h"

#include <algorithm>
#include <cmath>

namespace parcelwake::carriers {

using std::chrono::milliseconds;

void RollingLimit::forget(Timestamp now) {
  // A part counts until its last moment has left the window.
  while (!parts_.empty() && parts_.front().first + 61 * part_ <= now) {
    used_ -= parts_.front().second;
    parts_.pop_front();
  }
}

milliseconds RollingLimit::wait(Timestamp now) {
  forget(now);
  if (limit_ == 0 || used_ < limit_) return milliseconds{0};
  return parts_.front().first + 61 * part_ - now;
}

void RollingLimit::take(Timestamp now) {
  forget(now);
  if (parts_.empty() || now >= parts_.back().first + part_) parts_.emplace_back(now, 0);
  ++parts_.back().second;
  ++used_;
}

std::int64_t RollingLimit::used(Timestamp now) {
  forget(now);
  return used_;
}

Pace::Pace(const Budget& budget)
    : budget_(budget),
      tokens_(std::max(1.0, budget.per_second)),
      hour_(budget.per_hour, std::chrono::hours{1}),
      day_(budget.per_day, std::chrono::hours{24}) {}

void Pace::refill(Timestamp now) {
  const double passed_s = std::max(0.0, std::chrono::duration<double>(now - filled_at_).count());
  filled_at_ = std::max(filled_at_, now);
  tokens_ = std::min(std::max(1.0, budget_.per_second), tokens_ + passed_s * budget_.per_second);
}

milliseconds Pace::wait(Timestamp now) {
  milliseconds longest = std::max(hour_.wait(now), day_.wait(now));
  if (budget_.per_second <= 0) return longest;
  refill(now);
  if (tokens_ >= 1.0) return longest;
  const double missing_ms = std::ceil((1.0 - tokens_) / budget_.per_second * 1000.0);
  return std::max(longest, milliseconds{static_cast<std::int64_t>(missing_ms)});
}

void Pace::take(Timestamp now) {
  refill(now);
  tokens_ -= 1.0;
  hour_.take(now);
  day_.take(now);
}

}  // namespace parcelwake::carriers
