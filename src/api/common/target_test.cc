#include "api/common/target.h"

#include <gtest/gtest.h>

namespace parcelwake::api {
namespace {

using Segments = std::vector<std::string>;
using namespace std::string_literals;

TEST(Target, DoubledSlashesAndOneAtTheEndSayNothing) {
  EXPECT_EQ(parse_target("/v2//carriers/", "").segments, (Segments{"v2", "carriers"}));
  EXPECT_EQ(parse_target("///", "").segments, Segments{});
  EXPECT_EQ(parse_target("", "").segments, Segments{});
}

TEST(Target, EncodedSlashesAndNulsStayInsideTheirSegment) {
  EXPECT_EQ(parse_target("/v2/a%2Fb/c%00d", "").segments, (Segments{"v2", "a/b", "c\0d"s}));
}

TEST(Target, APlusInThePathIsItselfAndASpaceInTheQuery) {
  const Target target = parse_target("/a+b", "c+d=e+f");
  EXPECT_EQ(target.segments, Segments{"a+b"});
  EXPECT_EQ(target.parameter("c d"), "e f");
}

TEST(Target, AParameterIsTheFirstThatIsNotEmpty) {
  const Target target = parse_target("/", "orders&page=&page=2&page=3&numbers=a%2Cb,c&=x&&");
  EXPECT_EQ(target.parameter("page"), "2");
  EXPECT_EQ(target.parameter("numbers"), "a,b,c");
  EXPECT_EQ(target.parameter("orders"), std::nullopt);
  EXPECT_EQ(target.parameter("nothing"), std::nullopt);
  EXPECT_EQ(target.parameters.size(), 5U);
}

TEST(PercentDecoded, APercentWithoutTwoHexDigitsStandsForItself) {
  for (const char* text : {"%", "%4", "%zz", "100%", "%%"}) EXPECT_EQ(percent_decoded(text, Plus::Itself), text);
  EXPECT_EQ(percent_decoded("%41%61%c3%A9", Plus::Itself), "Aaé");
}

TEST(LooksLikeForm, IsANameBeforeAnEqualsSign) {
  EXPECT_TRUE(looks_like_form("tracking_number=AB123&carrier_code=dhl"));
  EXPECT_TRUE(looks_like_form("a%5B0%5D=1"));
  EXPECT_FALSE(looks_like_form("=1"));
  EXPECT_FALSE(looks_like_form("{\"a\"=1"));
  EXPECT_FALSE(looks_like_form("hello"));
}

}  // namespace
}  // namespace parcelwake::api
