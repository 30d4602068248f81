#include "wire/xml/tree.h"

#include <gtest/gtest.h>

#include "wire/xml/query.h"

namespace parcelwake::wire::xml {
namespace {

std::string ask(std::string_view xml, std::string_view path) {
  const auto tree = Tree::from_xml(xml);
  if (!tree) return "no tree";
  return Query::compile(path).value().text(tree.value().root());
}

TEST(XmlTree, NamespacesAreStripped) {
  constexpr std::string_view kXml = R"(<s:a xmlns:s="u" xmlns="v" s:id="1"><s:b>text</s:b></s:a>)";
  EXPECT_EQ(ask(kXml, "/a/b"), "text");
  EXPECT_EQ(ask(kXml, "/a/@id"), "1");
  EXPECT_EQ(ask(kXml, "count(/a/@*)"), "1");
}

TEST(XmlTree, ReadsDeclaredCharsets) {
  EXPECT_EQ(ask("<?xml version='1.0' encoding='ISO-8859-1'?><a>Z\xFCrich</a>", "/a"), "Zürich");
  EXPECT_EQ(ask("<?xml version='1.0' encoding='UTF-8'?><a>Z\xFCrich</a>", "/a"), "Z\uFFFDrich");
}

TEST(XmlTree, DocumentTypesDefineNothing) {
  constexpr std::string_view kBomb =
      "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;&x;&x;'><!ENTITY z SYSTEM 'file:///etc/passwd'>]>"
      "<a>&y;&z;&lt;&#233;</a>";
  EXPECT_EQ(ask(kBomb, "/a"), "&y;&z;<é");
}

TEST(XmlTree, WhatIsNoXmlIsRefused) {
  EXPECT_EQ(Tree::from_xml("").error(), ReadError::Empty);
  for (const char* text : {"<a>", "<a></b>", "plain", "{}", "<a", "<a b=>", "<a><![CDATA[x</a>", "<!-- "}) {
    EXPECT_EQ(Tree::from_xml(text).error(), ReadError::Malformed) << text;
  }
}

TEST(XmlTree, DepthAndSizeAreLimited) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(Tree::from_xml(deep).error(), ReadError::TooDeep);
  EXPECT_TRUE(Tree::from_xml("<a><b/></a>", {}, {.depth = 2}).ok());
  EXPECT_EQ(Tree::from_xml("<a><b><c/></b></a>", {}, {.depth = 2}).error(), ReadError::TooDeep);
  EXPECT_EQ(Tree::from_xml("<a><b/></a>", {}, {.bytes = 5}).error(), ReadError::TooLarge);
  EXPECT_EQ(Tree::from_xml("<a><b/><b/><b/></a>", {}, {.nodes = 3}).error(), ReadError::TooLarge);
}

TEST(Query, TextIsTheFirstThatIsNotBlank) {
  EXPECT_EQ(ask("<a><b/><b> </b><b>x</b><b>y</b></a>", "/a/b"), "x");
  EXPECT_EQ(ask("<a><b>x<c>y</c>z</b></a>", "/a/b"), "xyz");
  EXPECT_EQ(ask("<a><b>x</b></a>", "concat(/a/b, '!')"), "x!");
  EXPECT_EQ(ask("<a/>", "/a/b"), "");
}

TEST(Query, TextsAndTruth) {
  const auto tree = Tree::from_xml("<a><b>x</b><b/><b>y</b></a>");
  const auto root = tree.value().root();
  EXPECT_EQ(Query::compile("/a/b").value().texts(root), (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(Query::compile("/a/b").value().holds(root));
  EXPECT_FALSE(Query::compile("/a/c").value().holds(root));
  EXPECT_TRUE(Query::compile("count(/a/b) = 3").value().holds(root));
}

TEST(Query, PathsStartAtTheContext) {
  const auto tree = Tree::from_xml("<a><b><c>1</c></b><b><c>2</c></b></a>");
  const auto items = Query::compile("/a/b").value().nodes(tree.value().root());
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(Query::compile("c").value().text(items[1]), "2");
}

TEST(Query, WhatIsNoExpressionIsRefused) {
  EXPECT_FALSE(Query::compile("").ok());
  EXPECT_FALSE(Query::compile("a[").ok());
  EXPECT_NE(Query::compile("nonsense(").error().find("character"), std::string::npos);
}

}  // namespace
}  // namespace parcelwake::wire::xml
