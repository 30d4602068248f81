#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parcelwake {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);

// The keyed digest of RFC 2104 over SHA-256.
Sha256 hmac_sha256(std::string_view key, std::string_view message);

// The bytes of a digest as others take them.
inline std::string_view bytes_of(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Compares in a time that depends on the lengths alone, for anything derived from a secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string base64(std::string_view bytes);

}  // namespace parcelwake
