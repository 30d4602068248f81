#include "server/system.h"

#include <chrono>

#include "base/entropy.h"

namespace parcelwake::server {

Timestamp SystemClock::now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::uint64_t SystemRandom::bits() { return entropy_bits(); }

}  // namespace parcelwake::server
