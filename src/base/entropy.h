#pragma once

#include <cstdint>

namespace parcelwake {

// 64 bits from the operating system's generator, fit for keys. Thread-safe. Only the server draws from it; everyone
// else is handed randomness.
std::uint64_t entropy_bits();

}  // namespace parcelwake
