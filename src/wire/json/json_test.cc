#include <gtest/gtest.h>

#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::wire::json {
namespace {

TEST(Writer, PutsCommasBetweenValuesOnly) {
  std::string out;
  Writer w(out);
  w.begin_object().field("a", 1).key("b").begin_array().number(2).string("x").begin_object().end_object().end_array();
  w.field("c", nullptr).field("d", true).field_or_null("e", "").end_object();
  EXPECT_EQ(out, R"({"a":1,"b":[2,"x",{}],"c":null,"d":true,"e":null})");
}

TEST(Writer, EscapesWhatJsonAsksForAndKeepsUtf8) {
  std::string out;
  append_string(out, std::string("\"\\\n\x01/\0", 6) + "\xC3\xA9\xF0\x9F\x93\xA6");
  EXPECT_EQ(out, "\"\\\"\\\\\\n\\u0001/\\u0000\xC3\xA9\xF0\x9F\x93\xA6\"");
}

TEST(Writer, EscapesAByteWhereverItStands) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    std::string alone;
    append_string(alone, std::string_view(&c, 1));
    const std::string written = alone.substr(1, alone.size() - 2);
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t after = 0; after < 10; ++after) {
        std::string out;
        append_string(out, std::string(before, 'a') + c + std::string(after, '~'));
        ASSERT_EQ(out, '"' + std::string(before, 'a') + written + std::string(after, '~') + '"') << byte;
      }
    }
  }
}

TEST(Writer, TakesAPlainStringAsItIsPut) {
  std::string out;
  Writer w(out);
  w.begin_array()
      .plain_string<2>([](char* to) {
        *to++ = 'a';
        *to++ = 'b';
        return to;
      })
      .plain_string<2>([](char* to) { return to; })
      .end_array();
  EXPECT_EQ(out, R"(["ab",""])");
}

TEST(Writer, WritesBytesInHex) {
  std::string out;
  Writer(out).begin_array().hex_string(std::string_view("\x00\x7f\xa9", 3)).hex_string("").end_array();
  EXPECT_EQ(out, R"(["007fa9",""])");
}

TEST(Writer, JoinsTheTextsOfOneString) {
  std::string out;
  Writer(out)
      .begin_object()
      .key("k")
      .string({"a\"", ",", "", "a text that is longer than sixteen", "\xC3"})
      .end_object();
  EXPECT_EQ(out, "{\"k\":\"a\\\",a text that is longer than sixteen\xEF\xBF\xBD\"}");
}

TEST(Writer, LeavesTheStringWholeAfterTheOutermostBracket) {
  std::string out = "before,";
  Writer w(out);
  w.begin_array().number(-7).begin_object().end_object().end_array();
  EXPECT_EQ(out, "before,[-7,{}]");
  w.begin_object().end_object();
  EXPECT_EQ(out, "before,[-7,{}]{}");
}

TEST(Writer, LeavesTheStringWholeWhenItGoes) {
  std::string out = "before ";
  Writer(out).number(INT64_MIN);
  EXPECT_EQ(out, "before -9223372036854775808");
  Writer(out).begin_array().key("open");
  EXPECT_EQ(out, "before -9223372036854775808[\"open\":");
  Writer untouched(out);
}

TEST(Writer, MakesRoomForWhateverComes) {
  for (std::size_t size = 0; size < 10'000; size += size < 600 ? 1 : 97) {
    const std::string text(size, 't');
    const std::string quotes(size, '"');
    std::string out;
    Writer(out).begin_array().string(text).number(1).string(quotes).raw(text).end_array();
    ASSERT_EQ(out.size(), size * 4 + 10) << size;
    ASSERT_EQ(out.substr(0, size + 6), "[\"" + text + "\",1,") << size;
    ASSERT_EQ(out.substr(out.size() - size - 2), "," + text + "]") << size;
  }
}

TEST(Writer, ReplacesBytesThatAreNoUtf8) {
  for (const char* bad : {"\xff", "\xC3", "\xED\xA0\x80", "\xC0\xAF", "\xF5\x80\x80\x80"}) {
    std::string out;
    append_string(out, bad);
    EXPECT_EQ(out.find(bad), std::string::npos) << out;
    EXPECT_NE(out.find("\xEF\xBF\xBD"), std::string::npos) << out;
  }
}

TEST(RowsReader, ReadsAnObjectOfScalars) {
  const auto rows = read_rows(R"( {"a":"x\u00e9\"","n":12.50,"t":true,"z":null,"o":{"deep":[1,{"a":2}]},"last":"y"} )");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->shape(), Rows::Shape::Object);
  const Row& row = rows->rows().front();
  EXPECT_EQ(row.find("a")->text, "x\xC3\xA9\"");
  EXPECT_EQ(row.find("n")->text, "12.50");
  EXPECT_EQ(row.find("t")->text, "true");
  EXPECT_EQ(row.find("z")->kind, Scalar::Kind::Null);
  EXPECT_EQ(row.find("o")->kind, Scalar::Kind::Composite);
  EXPECT_EQ(row.find("last")->text, "y");
  EXPECT_EQ(row.find("missing"), nullptr);
}

TEST(RowsReader, OfAKeySentTwiceTheLastCounts) {
  const auto rows = read_rows(R"({"a":"1","a":"2"})");
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows().front().find("a")->text, "2");
}

TEST(RowsReader, KeepsTheRowsOfAnArrayApart) {
  const auto rows = read_rows(R"([{"a":1},7,[{"a":2}],{"a":3}])");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->shape(), Rows::Shape::Array);
  ASSERT_EQ(rows->rows().size(), 4U);
  EXPECT_EQ(rows->rows()[0].find("a")->text, "1");
  EXPECT_FALSE(rows->rows()[1].is_object);
  EXPECT_FALSE(rows->rows()[2].is_object);
  EXPECT_EQ(rows->rows()[3].find("a")->text, "3");
}

TEST(RowsReader, ScalarsAreOfNoRowShape) {
  for (const char* text : {"null", "12", "\"x\"", "true"}) {
    const auto rows = read_rows(text);
    ASSERT_TRUE(rows.ok()) << text;
    EXPECT_EQ(rows->shape(), Rows::Shape::Other) << text;
  }
}

TEST(RowsReader, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "[", "{\"a\":}", "{\"a\":1}x", "[1,]", "a=b&c=d", "tracking_number=1",
                           "{\"a\":\"\xff\"}", "{\"a\":tru}", "{a:1}", "{\"a\":nul}", "[{\"a\":1}", "{\"a\":01}"}) {
    EXPECT_FALSE(read_rows(text).ok()) << text;
  }
}

TEST(RowsReader, SurvivesDepth) {
  const std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}";
  (void)read_rows(deep).ok();
  (void)read_rows(std::string(200000, '[')).ok();
}

TEST(RowsReader, NestedValuesAreKeptAsTheyStand) {
  const auto rows = read_rows(R"({"a":[1, "x]" ,{"b":2}],"c":{"d":[]},"e":"f","g":[]})");
  ASSERT_TRUE(rows.ok());
  const Row& row = rows->rows().front();
  EXPECT_EQ(row.find("a")->kind, Scalar::Kind::Composite);
  EXPECT_EQ(row.find("a")->text, R"([1, "x]" ,{"b":2}])");
  EXPECT_EQ(row.find("c")->text, R"({"d":[]})");
  EXPECT_EQ(row.find("e")->text, "f");
  EXPECT_EQ(row.find("g")->text, "[]");
}

TEST(RowsReader, TextsAreTheElementsOfAnArray) {
  EXPECT_EQ(*read_texts(R"(["a\u00e9", 17200000033 ,""])", 10),
            (std::vector<std::string>{"a\xC3\xA9", "17200000033", ""}));
  EXPECT_EQ(read_texts(R"(["a","b","c"])", 2)->size(), 2U);
  EXPECT_TRUE(read_texts("[]", 2)->empty());
  for (const char* other : {"", "{}", "\"a\"", "[null]", "[true]", "[[\"a\"]]", "[{}]", "[\"a\"", "[a]", "[1 2]"}) {
    EXPECT_FALSE(read_texts(other, 10).ok()) << other;
  }
}

}  // namespace
}  // namespace parcelwake::wire::json
