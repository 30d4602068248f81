#pragma once

#include "ports/clock.h"
#include "ports/random.h"

namespace parcelwake::server {

// Lets this process open as many files as the system permits it. Each client, each carrier that is asked and each
// reading connection costs one, and the usual first limit of 1024 is there for programs that use select().
void raise_open_files_limit();

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
