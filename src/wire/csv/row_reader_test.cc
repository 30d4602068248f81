#include "wire/csv/row_reader.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::csv {
namespace {

std::string shown(const std::vector<Row>& rows) {
  std::string out;
  for (const Row& row : rows) {
    out += std::to_string(row.line) + ":";
    for (const std::string& cell : row.cells) out += "[" + cell + "]";
    out += " ";
  }
  return out;
}

std::string read_in_pieces(std::string_view text, std::size_t piece, char separator = ',') {
  RowReader reader(separator);
  std::vector<Row> rows;
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece), rows);
  EXPECT_TRUE(reader.finish(rows));
  return shown(rows);
}

TEST(CsvRowReader, ReadsTheSameInPiecesOfAnySize) {
  const std::string text = "a,b\r\n\"x\n,\"\"y\"\"\",2\n\n3,4";
  const std::string expected = "1:[a][b] 2:[x\n,\"y\"][2] 5:[3][4] ";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) EXPECT_EQ(read_in_pieces(text, piece), expected) << piece;
}

TEST(CsvRowReader, TakesQuotesAndSeparatorsAsPeopleWriteThem) {
  EXPECT_EQ(read_in_pieces("\xEF\xBB\xBF"
                           "a;5\" pipe\n",
                           64, ';'),
            "1:[a][5\" pipe] ");
  EXPECT_EQ(read_in_pieces("a\tb, c\n", 64, '\t'), "1:[a][b, c] ");
}

TEST(CsvRowReader, AQuoteThatIsNeverClosedIsTold) {
  RowReader reader(',');
  std::vector<Row> rows;
  reader.feed("a,b\n1,\"2\n3,4\n", rows);
  EXPECT_GT(reader.open_bytes(), 8U);
  EXPECT_FALSE(reader.finish(rows));
  EXPECT_EQ(shown(rows), "1:[a][b] ");
  EXPECT_EQ(reader.open_line(), 2);
}

TEST(CsvSeparator, IsTheOneThatStandsMost) {
  EXPECT_EQ(separator_of("number;carrier;\"a, b\""), ';');
  EXPECT_EQ(separator_of("number\tcarrier"), '\t');
  EXPECT_EQ(separator_of("number,carrier"), ',');
  EXPECT_EQ(separator_of("number"), ',');
}

}  // namespace
}  // namespace parcelwake::wire::csv
