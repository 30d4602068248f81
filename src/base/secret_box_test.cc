#include "base/secret_box.h"

#include <gtest/gtest.h>

namespace parcelwake {
namespace {

const SecretKey kKey{1, 2, 3};
const SecretNonce kNonce{9, 8, 7};

TEST(SecretBox, GivesBackWhatItWasGiven) {
  for (const std::string& text : {std::string(), std::string("key"), std::string(10'000, '\0')}) {
    EXPECT_EQ(unseal(seal(text, kKey, kNonce), kKey), text);
  }
}

TEST(SecretBox, ShowsNothingOfTheText) {
  EXPECT_EQ(seal("a secret to keep", kKey, kNonce).find("secret"), std::string::npos);
}

TEST(SecretBox, OpensWithItsOwnKeyAlone) {
  EXPECT_EQ(unseal(seal("text", kKey, kNonce), SecretKey{1, 2, 4}), std::nullopt);
}

TEST(SecretBox, NoticesEveryChangedByteAndEveryMissingOne) {
  const std::string sealed = seal("text", kKey, kNonce);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(unseal(changed, kKey), std::nullopt) << i;
    EXPECT_EQ(unseal(sealed.substr(0, i), kKey), std::nullopt) << i;
  }
}

}  // namespace
}  // namespace parcelwake
