#include "base/observe/throttle.h"

namespace parcelwake::log {

std::optional<std::uint64_t> Throttle::admit(Clock::time_point now) {
  const std::int64_t now_ms = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
  std::int64_t next = next_ms_.load(std::memory_order_relaxed);
  const bool is_due = next == kNever || now_ms >= next;
  if (is_due && next_ms_.compare_exchange_strong(next, now_ms + pause_.count(), std::memory_order_relaxed)) {
    return kept_back_.exchange(0, std::memory_order_relaxed);
  }
  kept_back_.fetch_add(1, std::memory_order_relaxed);
  return std::nullopt;
}

}  // namespace parcelwake::log
