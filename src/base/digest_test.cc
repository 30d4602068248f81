#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/ascii.h"

namespace parcelwake {
namespace {

std::string hex_digest(std::string_view text) {
  const Sha256 digest = sha256(text);
  return ascii::to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// Vectors: FIPS 180-2, appendix B, and the empty message.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(hex_digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex_digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, DoesNotRememberTheTextBefore) {
  (void)hex_digest("something longer than one block of sixty-four bytes, so that a context would hold some of it");
  EXPECT_EQ(hex_digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace parcelwake
