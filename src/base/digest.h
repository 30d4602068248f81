#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parcelwake {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);

// Compares in a time that depends on the lengths alone, for anything derived from a secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string base64(std::string_view bytes);

}  // namespace parcelwake
