#include "wire/toml/document.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::toml {
namespace {

Document parsed(std::string_view text) {
  auto document = Document::parse(text, "carrier.toml");
  EXPECT_TRUE(document.ok()) << to_string(document.error());
  return std::move(document).value();
}

std::vector<std::string> told(const Document& document) {
  std::vector<std::string> lines;
  for (const Problem& problem : document.problems()) lines.push_back(to_string(problem));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(TomlDocument, GivesEachKindOfValue) {
  const Document document = parsed(
      "name = 'DHL'\nbatch = 10\nratio = 0.5\nbatched = true\ncodes = ['a', 'b']\n[auth]\nkind = 'header'\n"
      "[[row]]\nn = 1\n[[row]]\nn = 2\n");
  const Table root = document.root();
  EXPECT_EQ(root.string("name"), "DHL");
  EXPECT_EQ(root.integer("batch"), 10);
  EXPECT_EQ(root.number("ratio"), 0.5);
  EXPECT_EQ(root.number("batch"), 10.0);
  EXPECT_EQ(root.boolean("batched"), true);
  EXPECT_EQ(root.strings("codes"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(root.table("auth")->string("kind"), "header");
  ASSERT_EQ(root.tables("row").size(), 2u);
  EXPECT_EQ(root.tables("row")[1].integer("n"), 2);
  EXPECT_TRUE(document.problems().empty());
}

TEST(TomlDocument, AnAbsentKeyIsNothingAndNoProblem) {
  const Document document = parsed("");
  EXPECT_FALSE(document.root().string("name").has_value());
  EXPECT_TRUE(document.root().tables("row").empty());
  EXPECT_TRUE(document.problems().empty());
}

TEST(TomlDocument, AWrongKindNamesBothKindsAndThePlace) {
  const Document document = parsed("\nname = 7\n");
  EXPECT_FALSE(document.root().string("name").has_value());
  EXPECT_EQ(told(document), Lines{"carrier.toml:2:8: 'name' must be a string, not an integer"});
}

TEST(TomlDocument, ItemsOfAnotherKindAreRefusedOneByOne) {
  const Document document = parsed("codes = ['a', 1, 'b']\n");
  EXPECT_EQ(document.root().strings("codes").size(), 2u);
  EXPECT_EQ(told(document), Lines{"carrier.toml:1:15: this value must be a string, not an integer"});
}

TEST(TomlDocument, AMissingRequiredKeyIsTold) {
  const Document document = parsed("[auth]\nheader = ''\n");
  document.root().required_table("answer");
  document.root().table("auth")->required_string("kind");
  document.root().table("auth")->required_string("header");
  const Lines lines = told(document);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_NE(lines[0].find("table 'answer' is missing"), std::string::npos);
  EXPECT_EQ(lines[1], "carrier.toml:1:1: 'kind' is missing");
  EXPECT_EQ(lines[2], "carrier.toml:2:1: 'header' is empty");
}

TEST(TomlDocument, AnIntegerOutOfItsRangeIsRefused) {
  const Document document = parsed("size = 0\n");
  EXPECT_FALSE(document.root().integer("size", 1, 40).has_value());
  EXPECT_EQ(told(document), Lines{"carrier.toml:1:1: 'size' must be 1 to 40"});
}

TEST(TomlDocument, KeysThatNobodyReadAreRefusedOnceEach) {
  Document document = parsed("name = 'x'\ncolour = 'red'\n[auth]\nkind = 'none'\nkeys = 1\n[paint]\na = 1\nb = 2\n");
  document.root().string("name");
  document.root().table("auth")->string("kind");
  document.refuse_unread_keys();
  EXPECT_EQ(told(document), (Lines{"carrier.toml:2:1: unknown key 'colour'", "carrier.toml:5:1: unknown key 'keys'",
                                   "carrier.toml:6:2: unknown key 'paint'"}));
}

TEST(TomlDocument, UnreadKeysInsideArraysOfTablesAreFound) {
  Document document = parsed("[[row]]\na = 1\nb = 1\n");
  for (const Table& row : document.root().tables("row")) row.integer("a");
  document.refuse_unread_keys();
  EXPECT_EQ(told(document), Lines{"carrier.toml:3:1: unknown key 'b'"});
}

TEST(TomlDocument, EntriesComeInTheFilesOrderAndCountAsRead) {
  Document document = parsed("[status]\nZ = 'delivered'\nA = 'transit'\n'M 1' = 'pending'\n");
  std::string keys;
  for (const auto& [key, value] : document.root().table("status")->entries()) keys += std::string(key) + ",";
  EXPECT_EQ(keys, "Z,A,M 1,");
  document.refuse_unread_keys();
  EXPECT_TRUE(document.problems().empty());
}

TEST(TomlDocument, WhatIsNoTomlFailsWithItsPlace) {
  const auto document = Document::parse("name = 'x'\nname = 'y'\n", "carrier.toml");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().file, "carrier.toml");
  EXPECT_EQ(document.error().place.line, 2);
  EXPECT_FALSE(document.error().message.empty());
}

TEST(TomlDocument, RefusalsOfTheLoaderStandAtTheirKey) {
  const Document document = parsed("[a]\n\nx = 1\n");
  document.root().table("a")->refuse("x", "too small");
  document.root().table("a")->refuse("y", "needed with x");
  EXPECT_EQ(told(document), (Lines{"carrier.toml:1:1: needed with x", "carrier.toml:3:1: too small"}));
}

}  // namespace
}  // namespace parcelwake::wire::toml
