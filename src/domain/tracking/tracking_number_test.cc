#include "domain/tracking/tracking_number.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

TEST(TrackingNumber, TrimsAndKeepsTheSpelling) {
  const auto number = TrackingNumber::parse(" \trb123456785De\r\n");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->text(), "rb123456785De");
  EXPECT_EQ(number->folded(), "RB123456785DE");
}

TEST(TrackingNumber, TakesFiveToSixtyFourCharacters) {
  EXPECT_TRUE(TrackingNumber::parse("12345"));
  EXPECT_TRUE(TrackingNumber::parse("A_b-9"));
  EXPECT_TRUE(TrackingNumber::parse(std::string(64, '7')));
  EXPECT_TRUE(TrackingNumber::parse("  " + std::string(64, '7') + "  "));
}

TEST(TrackingNumber, IsMissingWhenNothingIsLeftOfIt) {
  for (const std::string_view text : {"", " ", "\r\n\t\v\f "}) {
    const auto number = TrackingNumber::parse(text);
    ASSERT_FALSE(number) << '"' << text << '"';
    EXPECT_EQ(number.error(), NumberError::Missing) << '"' << text << '"';
  }
}

TEST(TrackingNumber, RefusesOtherLengthsAndCharacters) {
  for (const std::string& text :
       {std::string("1234"), std::string(65, '7'), std::string("12 345"), std::string("12345;"), std::string("12/345"),
        std::string("1234\xC3\xA9"), std::string("12345\0", 6), std::string("１２３４５")}) {
    const auto number = TrackingNumber::parse(text);
    ASSERT_FALSE(number) << text;
    EXPECT_EQ(number.error(), NumberError::Malformed) << text;
  }
}

TEST(TrackingNumber, FoldsCaseAlone) {
  EXPECT_EQ(TrackingNumber::trusted("ab-1_c").folded(), TrackingNumber::trusted("AB-1_C").folded());
  EXPECT_NE(TrackingNumber::trusted("ab-1_c").folded(), TrackingNumber::trusted("ab_1-c").folded());
}

}  // namespace
}  // namespace parcelwake::domain
