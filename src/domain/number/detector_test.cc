#include "domain/number/detector.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace parcelwake::domain {
namespace {

NumberFormat format(std::string id, std::string pattern) {
  NumberFormat made;
  made.carrier = CarrierCode::trusted(id);
  made.id = std::move(id);
  made.confidence = Confidence::High;
  made.shapes = {{.pattern = std::move(pattern), .share = 0.01, .serial_begin = 0, .serial_end = -1}};
  return made;
}

Detector built(std::vector<NumberFormat> formats, PostalOperators operators = {}) {
  auto detector = Detector::build(std::move(formats), std::move(operators));
  EXPECT_TRUE(detector.ok()) << detector.error();
  return std::move(detector).value();
}

std::vector<std::string> found(const Detector& detector, std::string_view number) {
  std::vector<Fit> fits;
  detector.find(number, fits);
  std::vector<std::string> carriers;
  for (const Fit& fit : fits) carriers.push_back(detector.carriers()[fit.carrier].text());
  std::sort(carriers.begin(), carriers.end());
  return carriers;
}

using Codes = std::vector<std::string>;

TEST(Detector, FindsEveryFormatThatFitsTheWholeNumber) {
  const Detector detector = built({format("a", "[0-9]{3}"), format("b", "1[0-9]{2}"), format("c", "[0-9]{4}")});
  EXPECT_EQ(found(detector, "123"), (Codes{"a", "b"}));
  EXPECT_EQ(found(detector, "1234"), Codes{"c"});
  EXPECT_TRUE(found(detector, "12345").empty());
}

TEST(Detector, MatchesTheNormalisedNumber) {
  EXPECT_EQ(found(built({format("tba", "TBA[0-9]{4}")}), " tba 12-34 "), Codes{"tba"});
}

TEST(Detector, EachLayoutOfAFormatCounts) {
  NumberFormat two = format("usps", "94[0-9]{2}");
  two.shapes.push_back({.pattern = "42094[0-9]{2}", .share = 0.01, .serial_begin = 3, .serial_end = -1});
  const Detector detector = built({two});
  EXPECT_EQ(found(detector, "9412"), Codes{"usps"});
  EXPECT_EQ(found(detector, "4209412"), Codes{"usps"});
}

TEST(Detector, ExcludedNumbersAreNoFit) {
  NumberFormat post = format("post", "[A-Z]{2}[0-9]{2}");
  post.exclude = "G[DE][0-9]{2}";
  EXPECT_EQ(found(built({post}), "GB12"), Codes{"post"});
  EXPECT_TRUE(found(built({post}), "GD12").empty());
}

TEST(Detector, AWrongCheckDigitIsFoundAndSaid) {
  NumberFormat checked = format("dhl", "[0-9]{10}");
  checked.check.rule = CheckRule::Mod7;
  const Detector detector = built({checked});
  std::vector<Fit> fits;
  detector.find("3318810014", fits);
  ASSERT_EQ(fits.size(), 1u);
  EXPECT_EQ(fits[0].checksum, true);
  detector.find("3318810010", fits);
  ASSERT_EQ(fits.size(), 1u);
  EXPECT_EQ(fits[0].checksum, false);
}

TEST(Detector, AFormatOfOperatorsGivesAFitForEach) {
  NumberFormat post = format("s10", "[A-Z]{2}[0-9]{9}[A-Z]{2}");
  post.carrier = {};
  const CarrierCode china_post = CarrierCode::trusted("china-post");
  const PostalOperators operators({{"CN", china_post, {{'E', CarrierCode::trusted("china-ems")}}}}, "E");
  const Detector detector = built({post}, operators);
  EXPECT_EQ(found(detector, "EB123456785CN"), (Codes{"china-ems", "china-post"}));
  EXPECT_EQ(found(detector, "RB123456785CN"), Codes{"china-post"});
  EXPECT_TRUE(found(detector, "RB123456785XX").empty());
}

TEST(Detector, APatternThatIsNoneIsRefusedByItsFormat) {
  const auto detector = Detector::build({format("broken", "[0-9")}, {});
  ASSERT_FALSE(detector.ok());
  EXPECT_TRUE(detector.error().starts_with("broken: ")) << detector.error();
}

TEST(Detector, ForeignBytesFindNothing) {
  const Detector detector = built({format("a", "[0-9]{3}")});
  EXPECT_TRUE(found(detector, std::string_view("12\0", 3)).empty());
  EXPECT_TRUE(found(detector, "\xEF\xBC\x91\x32\x33").empty());
  EXPECT_TRUE(found(detector, std::string(10000, '1')).empty());
}

}  // namespace
}  // namespace parcelwake::domain
