#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake {

using SecretKey = std::array<std::uint8_t, 32>;
using SecretNonce = std::array<std::uint8_t, 24>;

// Encrypts and authenticates (XSalsa20-Poly1305). The nonce goes in front of what comes back. With one key a nonce must
// never be used for two texts: draw it from the operating system's randomness.
std::string seal(std::string_view text, const SecretKey& key, const SecretNonce& nonce);

// What seal() was given. Nothing when another key sealed it or a byte of it has changed.
std::optional<std::string> unseal(std::string_view sealed, const SecretKey& key);

}  // namespace parcelwake
