#include "base/entropy.h"

#include <sodium.h>

namespace parcelwake {

std::uint64_t entropy_bits() {
  std::uint64_t value = 0;
  randombytes_buf(&value, sizeof(value));
  return value;
}

}  // namespace parcelwake
