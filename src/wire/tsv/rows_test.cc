#include "wire/tsv/rows.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::tsv {
namespace {

using Cells = std::vector<std::string_view>;

TEST(TsvRows, EmptyCellsCountAndCommentsDoNot) {
  const auto rows = read("# head\na\t\tc\n\n\tb\t\n", 3, "x.tsv");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows.value().size(), 2u);
  EXPECT_EQ(rows.value()[0].cells, (Cells{"a", "", "c"}));
  EXPECT_EQ(rows.value()[0].line, 2);
  EXPECT_EQ(rows.value()[1].cells, (Cells{"", "b", ""}));
}

TEST(TsvRows, TheLastLineNeedsNoEndAndCarriageReturnsGo) {
  const auto rows = read("a\tb\r\nc\td", 2, "x.tsv");
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows.value()[0].cells, (Cells{"a", "b"}));
  EXPECT_EQ(rows.value()[1].cells, (Cells{"c", "d"}));
}

TEST(TsvRows, ARowOfAnotherWidthIsRefusedByLine) {
  const auto rows = read("a\tb\nc\n", 2, "x.tsv");
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error(), "x.tsv:2: 1 cells, not 2");
}

TEST(TsvRows, NothingGivesNoRows) {
  const auto rows = read("", 2, "x.tsv");
  ASSERT_TRUE(rows.ok());
  EXPECT_TRUE(rows.value().empty());
}

}  // namespace
}  // namespace parcelwake::wire::tsv
