#include "carriers/asking/breaker.h"

#include <algorithm>

namespace parcelwake::carriers {
namespace {

using std::chrono::milliseconds;

constexpr int kFailuresToOpen = 5;
constexpr milliseconds kFirstRest = std::chrono::seconds{30};
constexpr milliseconds kLongestRest = std::chrono::minutes{10};

}  // namespace

bool Breaker::allow(Timestamp now) {
  if (!open_) return true;
  if (now < try_at_) return false;
  trying_ = true;
  try_at_ = now + rest_;  // should the outcome of this try get lost
  return true;
}

milliseconds Breaker::wait(Timestamp now) const {
  if (!open_) return milliseconds{0};
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(try_at_ - now));
}

void Breaker::succeeded() { *this = Breaker{}; }

void Breaker::failed(Timestamp now) {
  ++failures_;
  // Requests that were under way when it opened fail one after the other: that is no news.
  if (open_ && !trying_) return;
  if (!open_ && failures_ < kFailuresToOpen) return;
  rest_ = open_ ? std::min(2 * rest_, kLongestRest) : kFirstRest;
  open_ = true;
  trying_ = false;
  try_at_ = now + rest_;
}

}  // namespace parcelwake::carriers
