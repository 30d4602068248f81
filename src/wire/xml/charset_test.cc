#include "wire/xml/charset.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::xml {
namespace {

TEST(Charset, ConvertsWhatTheHeaderOrTheDocumentNames) {
  EXPECT_EQ(to_utf8("Z\xFCrich", "ISO-8859-1", ""), "Zürich");
  EXPECT_EQ(to_utf8("\xCC\xEE\xF1\xEA\xE2\xE0", "", "windows-1251"), "Москва");
  EXPECT_EQ(to_utf8("\xB1\xB1\xBE\xA9", "GBK", ""), "北京");
}

TEST(Charset, AMarkWinsOverWhatIsTold) {
  EXPECT_EQ(to_utf8("\xEF\xBB\xBFZürich", "iso-8859-1", ""), "Zürich");
  EXPECT_EQ(to_utf8(std::string_view("\xFF\xFEZ\0\xFC\0", 6), "utf-8", ""), "Zü");
}

TEST(Charset, BytesThatDoNotFitBecomeReplacementCharacters) {
  EXPECT_EQ(to_utf8("a\xFFz", "utf-8", ""), "a\uFFFDz");
  EXPECT_EQ(to_utf8("a\xC3", "", ""), "a\uFFFD");
  EXPECT_EQ(to_utf8("\xED\xA0\x80", "", ""), "\uFFFD\uFFFD\uFFFD");  // half of a surrogate pair
  EXPECT_EQ(to_utf8("\xB1\xB1\xBE", "gbk", ""), "北\uFFFD");
  EXPECT_EQ(to_utf8("\xFF\xFEZ", "", ""), "\uFFFD");
}

TEST(Charset, AnUnknownCharsetIsTakenForUtf8) {
  EXPECT_EQ(to_utf8("Zürich", "klingon", ""), "Zürich");
  EXPECT_EQ(to_utf8("Zürich", "gbk//TRANSLIT", ""), "Zürich");
  EXPECT_EQ(to_utf8("Z\xFCrich", "../../etc/passwd", ""), "Z\uFFFDrich");
}

TEST(Charset, ReadsTheXmlDeclaration) {
  EXPECT_EQ(declared_encoding("<?xml version='1.0' encoding='ISO-8859-2'?><a/>"), "ISO-8859-2");
  EXPECT_EQ(declared_encoding("<?xml version='1.0'?><a encoding='x'/>"), "");
  EXPECT_EQ(declared_encoding("<?xml encoding='utf"), "");
  EXPECT_EQ(declared_encoding(""), "");
}

}  // namespace
}  // namespace parcelwake::wire::xml
