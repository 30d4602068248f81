#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace parcelwake::log {

// For a line that a fault could repeat for every request: lets one through and then none for a pause, counting what it
// keeps back. One object stands for one line, usually a static beside it. From any thread.
class Throttle {
 public:
  using Clock = std::chrono::steady_clock;

  explicit constexpr Throttle(std::chrono::milliseconds pause = std::chrono::seconds{10}) : pause_(pause) {}

  // Whether the line may be written now: how many were kept back since the last one, or nothing when it may not.
  std::optional<std::uint64_t> admit(Clock::time_point now);
  std::optional<std::uint64_t> admit() { return admit(Clock::now()); }

 private:
  static constexpr std::int64_t kNever = INT64_MIN;

  const std::chrono::milliseconds pause_;
  std::atomic<std::int64_t> next_ms_{kNever};
  std::atomic<std::uint64_t> kept_back_{0};
};

}  // namespace parcelwake::log
