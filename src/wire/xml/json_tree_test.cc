#include <gtest/gtest.h>

#include "wire/xml/query.h"

namespace parcelwake::wire::xml {
namespace {

std::string ask(std::string_view json, std::string_view path) {
  const auto tree = Tree::from_json(json);
  if (!tree) return "no tree";
  return Query::compile(path).value().text(tree.value().root());
}

std::size_t count(std::string_view json, std::string_view path) {
  const auto tree = Tree::from_json(json);
  return tree ? Query::compile(path).value().nodes(tree.value().root()).size() : 9999;
}

ReadError error_of(std::string_view json, const Limits& limits = {}) {
  const auto tree = Tree::from_json(json, {}, limits);
  EXPECT_FALSE(tree.ok()) << json;
  return tree ? ReadError{} : tree.error();
}

TEST(JsonTree, MembersAreElementsAndArraysRepeatThem) {
  constexpr std::string_view kJson = R"({"shipments":[{"id":"A","events":[{"text":"one"},{"text":"two"}]}]})";
  EXPECT_EQ(ask(kJson, "/json/shipments/id"), "A");
  EXPECT_EQ(ask(kJson, "/json/shipments/events[2]/text"), "two");
  EXPECT_EQ(count(kJson, "/json/shipments/events"), 2U);
}

TEST(JsonTree, ArraysInArraysAndAtTheRootAreItems) {
  EXPECT_EQ(ask(R"({"a":[["x","y"],["z"]]})", "/json/a[1]/item[2]"), "y");
  EXPECT_EQ(ask(R"({"a":[["x","y"],["z"]]})", "/json/a[2]/item"), "z");
  EXPECT_EQ(ask(R"([{"n":1},{"n":2}])", "/json/item[2]/n"), "2");
  EXPECT_EQ(ask(R"([["x"]])", "/json/item/item"), "x");
}

TEST(JsonTree, KeysThatAreNoNamesAreKept) {
  EXPECT_EQ(ask(R"({"@type":"Person"})", "/json/_[@key='@type']"), "Person");
  EXPECT_EQ(ask(R"({"1Z999":"x"})", "/json/_[@key='1Z999']"), "x");
  EXPECT_EQ(ask(R"({"a:b":"x"})", "/json/_[@key='a:b']"), "x");
  EXPECT_EQ(ask(R"({"":"x"})", "/json/_[@key='']"), "x");
  EXPECT_EQ(ask(R"({"straße":"x"})", "/json/straße"), "x");
}

TEST(JsonTree, NullIsNoElementAndEmptyThingsAreEmptyOnes) {
  EXPECT_EQ(count(R"({"a":null})", "/json/*"), 0U);
  EXPECT_EQ(count(R"({"a":[null,1,null]})", "/json/a"), 1U);
  EXPECT_EQ(count(R"({"a":""})", "/json/a[not(node())]"), 1U);
  EXPECT_EQ(count(R"({"a":{}})", "/json/a[not(node())]"), 1U);
  EXPECT_EQ(count(R"({"a":[]})", "/json/a"), 0U);
  EXPECT_EQ(count("null", "/json[not(node())]"), 1U);
}

TEST(JsonTree, ScalarsKeepTheirText) {
  EXPECT_EQ(ask(R"({"n":123456789012345678901234567890})", "/json/n"), "123456789012345678901234567890");
  EXPECT_EQ(ask(R"({"n":1.50e+3 })", "/json/n"), "1.50e+3");
  EXPECT_EQ(ask(R"({"b":true})", "/json/b"), "true");
  EXPECT_EQ(ask(R"({"s":"\u00e9\n\ud83d\ude00"})", "/json/s"), "é\n😀");
  EXPECT_EQ(ask("42", "/json"), "42");
}

TEST(JsonTree, FaultsThatCarriersMakeAreForgiven) {
  EXPECT_EQ(ask("{\"s\":\"two\nlines\"}", "/json/s"), "two lines");
  EXPECT_EQ(ask(R"({"s":"half \ud83d of it"})", "/json/s"), "half \uFFFD of it");
  EXPECT_EQ(ask("{\"s\":\"M\xFCller\"}", "/json/s"), "M\uFFFDller");
  EXPECT_EQ(ask(R"({"s":"a\u0000b"})", "/json/s"), "a b");
}

TEST(JsonTree, WhatIsNoJsonIsRefused) {
  EXPECT_EQ(error_of(""), ReadError::Empty);
  EXPECT_EQ(error_of(" \n"), ReadError::Empty);
  for (const char* text : {"{", "[1,", "{\"a\":1,}", "{\"a\" 1}", "[1 2]", "{\"a\":tru}", "{\"a\":01}", "{\"a\":1x}",
                           "{\"a\":nul}", "{}{}", "<html>", "{\"a\":\"b", "]", "{\"a\":-}", "[\"\\u12\"]"}) {
    EXPECT_EQ(error_of(text), ReadError::Malformed) << text;
  }
}

TEST(JsonTree, EveryCutOfAnAnswerIsRefused) {
  constexpr std::string_view kJson = R"({"a":[{"b":"c","d":[1,true,null]}],"e":{"f":"\u00e9"}})";
  ASSERT_TRUE(Tree::from_json(kJson).ok());
  for (std::size_t length = 0; length < kJson.size(); ++length) {
    EXPECT_FALSE(Tree::from_json(kJson.substr(0, length)).ok()) << length;
  }
}

TEST(JsonTree, DepthAndSizeAreLimited) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "[";
  EXPECT_FALSE(Tree::from_json(deep).ok());
  deep += std::string(100'000, ']');
  EXPECT_FALSE(Tree::from_json(deep).ok());
  EXPECT_EQ(error_of("[[[[]]]]", {.depth = 3}), ReadError::TooDeep);
  EXPECT_EQ(error_of("[1,2,3]", {.nodes = 3}), ReadError::TooLarge);
  EXPECT_EQ(error_of("[1,2,3]", {.bytes = 3}), ReadError::TooLarge);
}

}  // namespace
}  // namespace parcelwake::wire::xml
