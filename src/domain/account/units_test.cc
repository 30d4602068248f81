#include "domain/account/units.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

TEST(Units, AreWrittenToTheTenthAndReadBack) {
  for (const auto& [tenths, text] :
       {std::pair{0, "0"}, {2, "0.2"}, {10, "1"}, {125, "12.5"}, {-2, "-0.2"}, {-200, "-20"}, {5000, "500"}}) {
    EXPECT_EQ(to_string(Units::tenths(tenths)), text);
    EXPECT_EQ(parse_units(text), Units::tenths(tenths)) << text;
  }
}

TEST(Units, OtherTextsAreNone) {
  for (const char* text : {"", "-", ".5", "1.", "1.25", "1,5", "+1", "1 ", "0x10", "1e3", "--1", "1000000001"}) {
    EXPECT_FALSE(parse_units(text)) << text;
  }
}

TEST(Units, ABegunOneIsNoWholeOne) {
  EXPECT_EQ(Units::tenths(19).floored(), 1);
  EXPECT_EQ(Units::tenths(9).floored(), 0);
  EXPECT_EQ(Units::tenths(-1).floored(), -1);
  EXPECT_EQ(Units::tenths(-10).floored(), -1);
}

}  // namespace
}  // namespace parcelwake::domain
