#include "domain/number/normalised_number.h"

#include <gtest/gtest.h>

#include <string>

namespace parcelwake::domain {
namespace {

TEST(NormalisedNumber, KeepsLettersAndDigitsAlone) {
  EXPECT_EQ(NormalisedNumber::from(" 1z 879-e93.03\t46\n")->text(), "1Z879E930346");
}

TEST(NormalisedNumber, OtherCharactersMakeNone) {
  EXPECT_FALSE(NormalisedNumber::from("1Z/879").has_value());
  EXPECT_FALSE(NormalisedNumber::from("1Z_879").has_value());
  EXPECT_FALSE(NormalisedNumber::from("1Z\xC3\xA4").has_value());
}

TEST(NormalisedNumber, NothingLeftMakesNone) {
  EXPECT_FALSE(NormalisedNumber::from("").has_value());
  EXPECT_FALSE(NormalisedNumber::from(" -. ").has_value());
}

TEST(NormalisedNumber, TheLimitCountsWhatIsLeft) {
  const std::string longest(NormalisedNumber::kLongest, '7');
  EXPECT_EQ(NormalisedNumber::from(longest + "   ")->text(), longest);
  EXPECT_FALSE(NormalisedNumber::from(longest + "7").has_value());
}

}  // namespace
}  // namespace parcelwake::domain
