#include "base/running_digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/digest.h"

namespace parcelwake {

struct RunningDigest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
};

RunningDigest::RunningDigest() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex2(state_->context, EVP_sha256(), nullptr);
}

RunningDigest::~RunningDigest() { EVP_MD_CTX_free(state_->context); }

void RunningDigest::add(std::string_view bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

std::string RunningDigest::hex() {
  Sha256 digest{};
  EVP_DigestFinal_ex(state_->context, digest.data(), nullptr);
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace parcelwake
