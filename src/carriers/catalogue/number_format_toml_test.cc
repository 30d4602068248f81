#include "carriers/catalogue/number_format_toml.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

const std::string kFedex = R"toml(
[[format]]
id = "fedex_12"
name = "FedEx Express (12)"
carrier = "fedex"
confidence = "verified"
shapes = [{ pattern = '[0-9]{12}', share = 1.0, serial = [0, 11] }]
check = { rule = "weighted", weights = [3, 1, 7], moduli = [11, 10] }
valid = ["477179081230"]
invalid = ["996578788855"]
)toml";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

std::string refusal(const std::string& text) {
  const auto read = parse_number_formats(text, "fedex.toml");
  return read.ok() ? "" : read.error();
}

TEST(NumberFormatToml, ReadsAFormatAndItsSamples) {
  const auto read = parse_number_formats(kFedex, "fedex.toml");
  ASSERT_TRUE(read.ok()) << read.error();
  const domain::NumberFormat& format = read.value().formats.at(0);
  EXPECT_EQ(format.name, "FedEx Express (12)");
  EXPECT_EQ(format.carrier.text(), "fedex");
  EXPECT_EQ(format.confidence, domain::Confidence::Verified);
  EXPECT_EQ(format.shapes.at(0).serial_end, 11);
  EXPECT_EQ(format.check.rule, domain::CheckRule::Weighted);
  EXPECT_EQ(format.check.weights[2], 7);
  EXPECT_EQ(format.check.moduli[0], 11);
  ASSERT_EQ(read.value().samples.size(), 2u);
  EXPECT_TRUE(read.value().samples[0].is_valid);
  EXPECT_EQ(read.value().samples[1].number, "996578788855");
}

TEST(NumberFormatToml, WhatIsWrongIsToldWithItsPlace) {
  EXPECT_EQ(refusal(replaced(kFedex, "\"verified\"", "\"sure\"")), "fedex.toml:6:1: 'sure' is no confidence\n");
  EXPECT_NE(
      refusal(replaced(kFedex, "\"weighted\"", "\"magic\"")).find("fedex.toml:8:11: 'magic' is no check digit rule"),
      std::string::npos);
  EXPECT_EQ(refusal(replaced(kFedex, "moduli = [11, 10]", "moduli = [11]")).substr(0, 13), "fedex.toml:8:");
  EXPECT_EQ(refusal(replaced(kFedex, "share = 1.0", "share = 0")).substr(0, 13), "fedex.toml:7:");
  EXPECT_EQ(refusal(replaced(kFedex, ", serial = [0, 11]", "")).substr(0, 13), "fedex.toml:7:");
  EXPECT_EQ(refusal(replaced(kFedex, "carrier = \"fedex\"", "colour = \"red\"")),
            "fedex.toml:2:1: either 'carrier' or 'operators = true' is needed\nfedex.toml:5:1: unknown key 'colour'\n");
  EXPECT_EQ(refusal(replaced(kFedex, "\"fedex\"", "\"Fed Ex\"")).substr(0, 13), "fedex.toml:5:");
}

TEST(NumberFormatToml, ACheckThatGivesNoSingleDigitIsRefused) {
  EXPECT_NE(refusal(replaced(kFedex, "[11, 10]", "[11, 12]")).find("one digit"), std::string::npos);
}

TEST(PostalOperatorsToml, ReadsCountriesAndTheirLetters) {
  const auto read = parse_postal_operators(
      "service_letters = \"ER\"\n[operators]\nCN = { post = \"china-post\", E = \"china-ems\" }\n", "s10.toml");
  ASSERT_TRUE(read.ok()) << read.error();
  EXPECT_EQ(read.value().find('E', "CN").count, 2);
  EXPECT_EQ(read.value().find('R', "CN").count, 1);
  EXPECT_TRUE(read.value().is_service('R'));
}

TEST(PostalOperatorsToml, WhatIsWrongIsToldWithItsPlace) {
  const auto read = parse_postal_operators(
      "service_letters = \"ER\"\n[operators]\nCHN = { post = \"china-post\" }\nUS = { E = \"usps\" }\n", "s10.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().find("s10.toml:3:"), std::string::npos) << read.error();
  EXPECT_NE(read.error().find("'post' is missing"), std::string::npos) << read.error();
}

}  // namespace
}  // namespace parcelwake::carriers
