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

// Vectors: RFC 4231, cases 1, 2 and 6 (a key longer than a block).
TEST(HmacSha256, GivesThePublishedDigests) {
  const auto hex_hmac = [](std::string_view key, std::string_view message) {
    return ascii::to_hex(bytes_of(hmac_sha256(key, message)));
  };
  EXPECT_EQ(hex_hmac(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex_hmac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// The two examples that the vendor's documentation prints.
TEST(HmacSha256, GivesWhatTheVendorPrints) {
  EXPECT_EQ(ascii::to_hex(bytes_of(hmac_sha256("info@trackingmore.org", "1653632765"))),
            "0d90bb874fed0b056d8b3aa794529ebacd49932a0cea691629b63eaf2ca9d400");
  EXPECT_EQ(ascii::to_hex(bytes_of(hmac_sha256("2e55b9a3-4dd1-4416-9897-c4bd1e3d738f", "1662371528"))),
            "a37084ab68ae16b77db1f8463f31be9fcc965e2515e03efecf8139bb1e511b06");
}

TEST(HmacSha256, AnEmptyKeyIsNotTheKeyBefore) {
  const Sha256 before = hmac_sha256("key", "message");
  EXPECT_NE(hmac_sha256("", "message"), before);
  EXPECT_EQ(hmac_sha256("", "message"), hmac_sha256(std::string_view{}, "message"));
}

}  // namespace
}  // namespace parcelwake
