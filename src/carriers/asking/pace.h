#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

#include "base/time.h"
#include "carriers/declaration/request.h"

namespace parcelwake::carriers {

// Not more than `limit` in any stretch of time as long as `window`. Counts in parts of a 60th of the window, so that
// what it remembers is small; it never lets more through than the limit, only now and then a part later.
class RollingLimit {
 public:
  RollingLimit(std::int64_t limit, std::chrono::milliseconds window) : limit_(limit), part_(window / 60) {}

  std::chrono::milliseconds wait(Timestamp now);  // zero: there is room for one
  void take(Timestamp now);
  std::int64_t used(Timestamp now);

 private:
  void forget(Timestamp now);

  std::int64_t limit_;
  std::chrono::milliseconds part_;
  std::deque<std::pair<Timestamp, std::int64_t>> parts_;  // beginning of each part, and how many were in it
  std::int64_t used_ = 0;
};

// How fast one credential may be used: the declaration's budget, kept. Not safe from two threads.
class Pace {
 public:
  explicit Pace(const Budget& budget);

  // How long until one more request may go: zero when at once.
  std::chrono::milliseconds wait(Timestamp now);
  void take(Timestamp now);

  std::int64_t used_this_hour(Timestamp now) { return hour_.used(now); }
  std::int64_t used_this_day(Timestamp now) { return day_.used(now); }

 private:
  void refill(Timestamp now);

  Budget budget_;
  double tokens_;  // of the per-second bucket, which holds a second's worth, one at least
  Timestamp filled_at_{};
  RollingLimit hour_;
  RollingLimit day_;
};

}  // namespace parcelwake::carriers
