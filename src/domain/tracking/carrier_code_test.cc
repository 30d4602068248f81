#include "domain/tracking/carrier_code.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

TEST(CarrierCode, IsTrimmedAndLowerCased) {
  EXPECT_EQ(CarrierCode::parse("UPS "), CarrierCode::trusted("ups"));
  EXPECT_EQ(CarrierCode::parse("China-EMS")->text(), "china-ems");
  EXPECT_EQ(CarrierCode::parse("\t4px_2\n")->text(), "4px_2");
}

TEST(CarrierCode, TakesOneToSixtyFourCharacters) {
  EXPECT_TRUE(CarrierCode::parse("u"));
  EXPECT_TRUE(CarrierCode::parse(std::string(64, 'u')));
  EXPECT_FALSE(CarrierCode::parse(std::string(65, 'u')));
}

TEST(CarrierCode, RefusesAnythingElse) {
  for (const std::string& text : {std::string(), std::string("  "), std::string("ups mail"), std::string("ups/mail"),
                                  std::string("ups.mail"), std::string("ups\0", 4), std::string("\xC3\xA9tape")}) {
    EXPECT_FALSE(CarrierCode::parse(text)) << text;
  }
}

TEST(CarrierCode, IsNoCarrierByDefault) {
  EXPECT_TRUE(CarrierCode().empty());
  EXPECT_FALSE(CarrierCode::trusted("ups").empty());
}

}  // namespace
}  // namespace parcelwake::domain
