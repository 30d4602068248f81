#include "domain/remote_area/remote_area_list.h"

#include <gtest/gtest.h>

#include "domain/remote_area/place.h"

namespace parcelwake::domain {
namespace {

TEST(PostcodeKey, SpacesHyphensCaseAndTheCountrysLettersSayNothing) {
  EXPECT_EQ(postcode_key("JP", "762-1094"), "7621094");
  EXPECT_EQ(postcode_key("CA", " a0a 1e0 "), "A0A1E0");
  EXPECT_EQ(postcode_key("LV", "LV-1001"), "1001");
  EXPECT_EQ(postcode_key("AD", "AD100"), "100");
  EXPECT_EQ(postcode_key("BN", "BA1111"), "BA1111");
}

TEST(PostcodeKey, BritishCodesKeepTheirParts) {
  EXPECT_EQ(postcode_key("GB", "ab36 8xy"), "AB36 8XY");
  EXPECT_EQ(postcode_key("GB", "AB368XY"), "AB36 8XY");
  EXPECT_EQ(postcode_key("GB", "AB36 8"), "AB36 8");
  EXPECT_EQ(postcode_key("GB", "PA75"), "PA75 ");
  EXPECT_EQ(postcode_key("GB", "PA7 5"), "PA7 5");
  EXPECT_EQ(postcode_key("GB", "AB368"), "AB36 8");
  EXPECT_EQ(postcode_key("GB", "HS1X"), "HS1 ");
  EXPECT_EQ(postcode_key("GG", "GY10 1SF"), "GY10 1SF");
  EXPECT_EQ(postcode_key("IM", "IM1 2AB"), "IM1 2AB");
}

TEST(PostcodeKey, WithoutADigitThereIsNone) {
  for (const char* text : {"", " ", "-", "ABERDEEN", "東京1", "\xff"}) EXPECT_EQ(postcode_key("GB", text), "") << text;
}

TEST(RemoteAreaListBuilder, JoinsWhatOverlapsWithinACountryAndLength) {
  RemoteAreaListBuilder builder;
  ASSERT_TRUE(builder.add_postcodes("TW", "30446", "30450"));
  ASSERT_TRUE(builder.add_postcodes("TW", "312", ""));
  ASSERT_TRUE(builder.add_postcodes("TW", "30440", "30447"));
  ASSERT_TRUE(builder.add_postcodes("DE", "30440", "30447"));
  ASSERT_TRUE(builder.add_city("NZ", "Papaaroha"));
  ASSERT_TRUE(builder.add_city("NZ", "PAPAAROHA"));
  const RemoteAreaList list = std::move(builder).build();
  EXPECT_EQ(list.rows, 6);
  EXPECT_EQ(list.ranges,
            (std::vector<PostcodeRange>{{"DE", "30440", "30447"}, {"TW", "312", "312"}, {"TW", "30440", "30450"}}));
  EXPECT_EQ(list.cities, (std::vector<RemoteCity>{{"NZ", "PAPAAROHA"}}));
}

TEST(RemoteAreaListBuilder, SaysWhatIsWrongWithARow) {
  RemoteAreaListBuilder builder;
  EXPECT_EQ(builder.add_postcodes("DE", "none", "").error(), "'none' is no postcode");
  EXPECT_EQ(builder.add_postcodes("DE", "123", "?").error(), "'?' is no postcode");
  EXPECT_EQ(builder.add_postcodes("DE", "123", "1234").error(), "'123' and '1234' are not of one length");
  EXPECT_EQ(builder.add_postcodes("DE", "124", "123").error(), "'123' comes before '124'");
  EXPECT_EQ(builder.add_city("DE", "--").error(), "'--' is no name of a place");
  EXPECT_EQ(std::move(builder).build().rows, 0);
}

}  // namespace
}  // namespace parcelwake::domain
