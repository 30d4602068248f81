#include "carriers/asking/template_text.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

ports::CarrierQuestion question(std::string number, std::string postal_code = "") {
  ports::CarrierQuestion made;
  made.number = domain::TrackingNumber::trusted(std::move(number));
  made.details.postal_code = std::move(postal_code);
  return made;
}

class TemplateText : public ::testing::Test {
 protected:
  std::string rendered(Template text) {
    const TemplateValues values{questions, &batch, &credentials, "u1", "t0ken"};
    const auto result = render(text, values);
    return result ? result.value() : "FAILED: " + result.error().why;
  }

  std::vector<ports::CarrierQuestion> questions = {question("A&B/1", "12 <3>\"")};
  Batch batch;
  Credentials credentials = {{"key", "a+b&c=\xC3\xA9"}};
};

TEST_F(TemplateText, PlainTextStaysAsItIs) {
  EXPECT_EQ(rendered({{{Placeholder::None, "/a/{}&?%"}}, Escape::Percent}), "/a/{}&?%");
}

TEST_F(TemplateText, ValuesAreEscapedForTheirPlace) {
  const std::vector<Template::Piece> pieces = {{Placeholder::None, "<"}, {Placeholder::PostalCode, ""}};
  EXPECT_EQ(rendered({pieces, Escape::Percent}), "<12%20%3C3%3E%22");
  EXPECT_EQ(rendered({pieces, Escape::Json}), "<12 <3>\\\"");
  EXPECT_EQ(rendered({pieces, Escape::Xml}), "<12 &lt;3&gt;&quot;");
  EXPECT_EQ(rendered({pieces, Escape::None}), "<12 <3>\"");
}

TEST_F(TemplateText, AQueryParameterIsEncodedAsAWhole) {
  EXPECT_EQ(rendered({{{Placeholder::None, "k="}, {Placeholder::Credential, "key"}}, Escape::None, true}),
            "k%3Da%2Bb%26c%3D%C3%A9");
}

TEST_F(TemplateText, XmlInsideAQueryParameterIsEscapedTwice) {
  EXPECT_EQ(rendered({{{Placeholder::None, "<d n=\""}, {Placeholder::Number, ""}, {Placeholder::None, "\"/>"}},
                      Escape::Xml,
                      true}),
            "%3Cd%20n%3D%22A%26amp%3BB%2F1%22%2F%3E");
}

TEST_F(TemplateText, NumbersAreJoinedEachInItsOwnForm) {
  questions = {question("A1", "1"), question("B\"2", "2")};
  batch.size = 10;
  batch.separator = ",";
  batch.each = {{{Placeholder::None, "{\"n\":\""},
                 {Placeholder::Number, ""},
                 {Placeholder::None, "\",\"p\":\""},
                 {Placeholder::PostalCode, ""},
                 {Placeholder::None, "\"}"}},
                Escape::Json};
  EXPECT_EQ(rendered({{{Placeholder::None, "["}, {Placeholder::Numbers, ""}, {Placeholder::None, "]"}}, Escape::Json}),
            "[{\"n\":\"A1\",\"p\":\"1\"},{\"n\":\"B\\\"2\",\"p\":\"2\"}]");
}

TEST_F(TemplateText, ControlCharactersCannotReachAHeader) {
  questions = {question("A1", "1\r\nX-Evil: 1")};
  const std::vector<Template::Piece> pieces = {{Placeholder::PostalCode, ""}};
  EXPECT_TRUE(rendered({pieces, Escape::None}).starts_with("FAILED"));
  EXPECT_EQ(rendered({pieces, Escape::None, true}), "1%0D%0AX-Evil%3A%201");
  EXPECT_EQ(rendered({pieces, Escape::Xml}), "1  X-Evil: 1");
}

TEST_F(TemplateText, WhatWasNotGivenIsEmptyAndSaysSo) {
  questions = {question("A1")};
  const TemplateValues values{questions, &batch, &credentials, "u1", ""};
  EXPECT_TRUE(lacks_a_value({{{Placeholder::PostalCode, ""}}}, values));
  EXPECT_TRUE(lacks_a_value({{{Placeholder::Credential, "other"}}}, values));
  EXPECT_FALSE(lacks_a_value({{{Placeholder::Number, ""}, {Placeholder::Language, ""}}}, values));
  EXPECT_EQ(rendered({{{Placeholder::Language, ""}, {Placeholder::PostalCode, ""}}, Escape::None}), "en");
}

}  // namespace
}  // namespace parcelwake::carriers
