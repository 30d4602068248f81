#include "wire/csv/rows.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::csv {
namespace {

using Cells = std::vector<std::string>;

TEST(CsvRows, CellsMayBeEmptyOrQuoted) {
  const auto rows = read(
      "\xEF\xBB\xBF"
      "a,,c\r\n\"x, y\",\"say \"\"so\"\"\",\n\nlast",
      "x.csv");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[0].cells, (Cells{"a", "", "c"}));
  EXPECT_EQ((*rows)[1].cells, (Cells{"x, y", "say \"so\"", ""}));
  EXPECT_EQ((*rows)[2].cells, (Cells{"last"}));
  EXPECT_EQ((*rows)[2].line, 4);
}

TEST(CsvRows, ARowThatGoesOverLinesIsOfItsFirst) {
  const auto rows = read("a,\"b\nc\",d\ne", "x.csv");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].line, 1);
  EXPECT_EQ((*rows)[0].cells, (Cells{"a", "b\nc", "d"}));
  EXPECT_EQ((*rows)[1].line, 3);
}

TEST(CsvRows, WrongQuotesAreToldByLine) {
  EXPECT_EQ(read("a\nb\"c,d\n", "x.csv").error(), "x.csv:2: a quote stands in the wrong place");
  EXPECT_EQ(read("a\n\"b", "x.csv").error(), "x.csv:2: a quoted cell is not closed");
}

TEST(CsvRows, NothingGivesNoRows) { EXPECT_TRUE(read("", "x.csv")->empty()); }

}  // namespace
}  // namespace parcelwake::wire::csv
