#pragma once

#include <cstdint>

namespace parcelwake::ports {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t bits() = 0;  // 64 of them; safe from any thread
};

}  // namespace parcelwake::ports
