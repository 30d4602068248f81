#pragma once

#include "ports/clock.h"
#include "ports/random.h"

namespace parcelwake::server {

// The real clock and the operating system's randomness. Nobody else looks at either.
class SystemClock final : public ports::Clock {
 public:
  Timestamp now() override;
};

class SystemRandom final : public ports::Random {
 public:
  std::uint64_t bits() override;
};

}  // namespace parcelwake::server
