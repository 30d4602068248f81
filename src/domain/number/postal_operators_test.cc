#include "domain/number/postal_operators.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

CarrierCode code(std::string text) { return CarrierCode::trusted(std::move(text)); }

PostalOperators operators() {
  return PostalOperators({{"CN", code("china-post"), {{'E', code("china-ems")}}}, {"US", code("usps"), {}}}, "ERU");
}

std::vector<std::string> answer(const PostalOperators& operators, std::string_view number) {
  std::vector<std::string> codes;
  const auto found = operators.find(number.front(), number.substr(number.size() - 2));
  for (std::uint8_t i = 0; i < found.count; ++i) codes.push_back(operators.carriers()[found.carriers[i]].text());
  return codes;
}

using Codes = std::vector<std::string>;

TEST(PostalOperators, TheLastTwoLettersNameThePost) {
  EXPECT_EQ(answer(operators(), "RB123456785US"), Codes{"usps"});
  EXPECT_EQ(answer(operators(), "RB123456785CN"), Codes{"china-post"});
}

TEST(PostalOperators, AServiceOfAnotherOperatorComesBeforeThePost) {
  EXPECT_EQ(answer(operators(), "EB123456785CN"), (Codes{"china-ems", "china-post"}));
  EXPECT_EQ(answer(operators(), "EB123456785US"), Codes{"usps"});
}

TEST(PostalOperators, AnUnknownCountryHasNone) {
  EXPECT_TRUE(answer(operators(), "RB123456785XX").empty());
  EXPECT_TRUE(answer(PostalOperators(), "RB123456785US").empty());
}

TEST(PostalOperators, OnlyLettersOfTheStandardAreServices) {
  EXPECT_TRUE(operators().is_service('R'));
  EXPECT_FALSE(operators().is_service('X'));
}

TEST(S10Number, NeedsTheShapeAndTheCheckDigit) {
  EXPECT_TRUE(is_s10_number("RB123456785US"));
  EXPECT_TRUE(is_s10_number("RB123456785XX"));
  EXPECT_FALSE(is_s10_number("RB123456784US"));
  EXPECT_FALSE(is_s10_number("R1123456785US"));
  EXPECT_FALSE(is_s10_number("RB123456785U"));
  EXPECT_FALSE(is_s10_number("RB12345678AUS"));
}

}  // namespace
}  // namespace parcelwake::domain
