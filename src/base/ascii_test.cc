#include "base/ascii.h"

#include <gtest/gtest.h>

namespace parcelwake::ascii {
namespace {

TEST(Ascii, TrimsOnlyTheEnds) {
  EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
  EXPECT_EQ(trimmed("  "), "");
}

TEST(Ascii, FoldsLettersAndNothingElse) {
  EXPECT_EQ(to_upper("aZ-\xc3\xa9"), "AZ-\xc3\xa9");
  EXPECT_TRUE(equals_ignoring_case("UpS", "uPs"));
  EXPECT_FALSE(equals_ignoring_case("ups", "upsx"));
}

TEST(Ascii, HexGoesBothWaysAndRefusesTheRest) {
  std::string bytes;
  ASSERT_TRUE(from_hex("00fFa1", bytes));
  EXPECT_EQ(to_hex(bytes), "00ffa1");
  EXPECT_FALSE(from_hex("0", bytes));
  EXPECT_FALSE(from_hex("0g", bytes));
}

}  // namespace
}  // namespace parcelwake::ascii
