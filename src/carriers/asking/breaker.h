#pragma once

#include <chrono>

#include "base/time.h"

namespace parcelwake::carriers {

// Stops asking a carrier that does not answer, and tries with a single question now and then whether it does again.
//
// It opens after five failures in a row, for half a minute first and twice as long after each failed try, ten minutes
// at most. Not safe from two threads.
class Breaker {
 public:
  // Whether a request may go now. While it is open one may go after each rest: the try.
  bool allow(Timestamp now);

  // How long until one may go: zero when closed.
  std::chrono::milliseconds wait(Timestamp now) const;

  void succeeded();
  void failed(Timestamp now);

  bool open() const { return open_; }

 private:
  bool open_ = false;
  bool trying_ = false;
  int failures_ = 0;
  std::chrono::milliseconds rest_{0};
  Timestamp try_at_{};
};

}  // namespace parcelwake::carriers
