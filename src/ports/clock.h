#pragma once

#include "base/time.h"

namespace parcelwake::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() = 0;  // safe from any thread
};

}  // namespace parcelwake::ports
