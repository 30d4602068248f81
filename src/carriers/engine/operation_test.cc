#include "carriers/engine/operation.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

TEST(Operation, WhiteSpaceIsCollapsed) {
  EXPECT_EQ(collapsed("  two\n\t words\xC2\xA0here "), "two words here");
  EXPECT_EQ(collapsed(" \n"), "");
}

TEST(Operation, MarkupIsStripped) {
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "USPS Tracking<SUP>&#174;</SUP>"), "USPS Tracking®");
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "one<br/>two &amp; three&nbsp;"), "one two & three");
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "1 < 2 & 3 > 2"), "1 < 2 & 3 > 2");
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "a&#xD800;&#99999999;&unknown;"), "a &unknown;");
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "<never closed"), "<never closed");
  EXPECT_EQ(apply_operation(Operation::StripMarkup, "<b>bold</b> <a <b"), "bold <a <b");
}

TEST(Operation, CaseAndKeys) {
  EXPECT_EQ(apply_operation(Operation::Title, "SAINTE-FOY"), "Sainte-Foy");
  EXPECT_EQ(apply_operation(Operation::Upper, "ab"), "AB");
  EXPECT_EQ(apply_operation(Operation::Words, "DELIVERED_AT_SHIPPER"), "Delivered at shipper");
  EXPECT_EQ(apply_operation(Operation::Words, "Delivered"), "Delivered");
  EXPECT_EQ(apply_operation(Operation::Words, ""), "");
}

}  // namespace
}  // namespace parcelwake::carriers
