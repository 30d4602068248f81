#include "wire/csv/row_writer.h"

#include <gtest/gtest.h>

#include "wire/csv/rows.h"

namespace parcelwake::wire::csv {
namespace {

TEST(CsvRowWriter, QuotesOnlyWhatMustBe) {
  std::string out;
  append_row(out, {"plain", "", "a,b", "say \"no\"", " led", "two\nlines", "naïve"});
  EXPECT_EQ(out, "plain,,\"a,b\",\"say \"\"no\"\"\",\" led\",\"two\nlines\",naïve\n");
}

TEST(CsvRowWriter, WhatItWritesIsReadBack) {
  const std::vector<std::string> cells = {"", "\"", ",", "\r\n", "\t", "x"};
  std::string out;
  append_row(out, std::vector<std::string_view>(cells.begin(), cells.end()));
  append_row(out, {""});
  const auto rows = read(out, "test");
  ASSERT_TRUE(rows.ok()) << rows.error();
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].cells, cells);
  EXPECT_EQ((*rows)[1].cells, std::vector<std::string>{""});
}

}  // namespace
}  // namespace parcelwake::wire::csv
