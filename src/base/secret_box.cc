#include "base/secret_box.h"

#include <sodium.h>

#include <algorithm>
#include <tuple>

namespace parcelwake {
namespace {

static_assert(std::tuple_size_v<SecretKey> == crypto_secretbox_KEYBYTES);
static_assert(std::tuple_size_v<SecretNonce> == crypto_secretbox_NONCEBYTES);

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string seal(std::string_view text, const SecretKey& key, const SecretNonce& nonce) {
  std::string sealed(nonce.size() + crypto_secretbox_MACBYTES + text.size(), '\0');
  std::copy(nonce.begin(), nonce.end(), sealed.begin());
  crypto_secretbox_easy(bytes_of(sealed) + nonce.size(), bytes_of(text), text.size(), nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> unseal(std::string_view sealed, const SecretKey& key) {
  constexpr std::size_t kNonce = crypto_secretbox_NONCEBYTES;
  constexpr std::size_t kTag = crypto_secretbox_MACBYTES;
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  std::string text(sealed.size() - kNonce - kTag, '\0');
  const int opened = crypto_secretbox_open_easy(bytes_of(text), bytes_of(sealed) + kNonce, sealed.size() - kNonce,
                                                bytes_of(sealed), key.data());
  if (opened != 0) return std::nullopt;
  return text;
}

}  // namespace parcelwake
