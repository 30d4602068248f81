#include "domain/number/number_format.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

NumberFormat ten_digits() {
  NumberFormat format;
  format.id = "dhl_express";
  format.confidence = Confidence::Verified;
  format.check.rule = CheckRule::Mod7;
  format.shapes = {{.pattern = "[0-9]{10,11}", .share = 1, .serial_begin = 0, .serial_end = -1}};
  return format;
}

std::optional<bool> holds(const NumberFormat& format, std::string_view number) {
  return check_holds(format, format.shapes[0], number);
}

TEST(CheckHolds, TheSerialEndsWhereTheNumbersEndSays) {
  EXPECT_EQ(holds(ten_digits(), "3318810014"), true);
  EXPECT_EQ(holds(ten_digits(), "73891051146"), true);
  EXPECT_EQ(holds(ten_digits(), "3318810010"), false);
}

TEST(CheckHolds, TheCheckCharacterNeedNotBeTheLast) {
  NumberFormat format = ten_digits();
  format.check.rule = CheckRule::S10;
  format.shapes[0] = {.pattern = "", .share = 1, .serial_begin = 2, .serial_end = 10};
  EXPECT_EQ(holds(format, "RB123456785US"), true);
  EXPECT_EQ(holds(format, "RB123456784US"), false);
}

TEST(CheckHolds, APrefixIsPutBeforeTheSerialUnlessItIsThere) {
  NumberFormat format = ten_digits();
  format.check = {.rule = CheckRule::Mod10, .even = 3, .odd = 1};
  format.prepend = "91";
  EXPECT_EQ(holds(format, "71969010756003077385"), true);    // USPS, printed without 91
  EXPECT_EQ(holds(format, "9101123456789000000013"), true);  // and with it
}

TEST(CheckHolds, WithoutARuleThereIsNothingToHold) {
  NumberFormat format = ten_digits();
  format.check = {};
  EXPECT_EQ(holds(format, "3318810014"), std::nullopt);
}

TEST(CheckHolds, ANumberTooShortForTheSerialFails) {
  NumberFormat format = ten_digits();
  format.shapes[0].serial_begin = 20;
  format.shapes[0].serial_end = 33;
  EXPECT_EQ(holds(format, "3318810014"), false);
}

TEST(Strength, GrowsFromLengthToPrefixToCheckDigitToBoth) {
  const NumberFormat format = ten_digits();
  const NumberShape bare{.pattern = "", .share = 1};
  const NumberShape prefixed{.pattern = "", .share = 0.001};
  EXPECT_LT(strength(format, bare, std::nullopt), strength(format, prefixed, std::nullopt));
  EXPECT_LT(strength(format, prefixed, std::nullopt), strength(format, bare, true));
  EXPECT_LT(strength(format, bare, true), strength(format, prefixed, true));
}

TEST(Strength, AFailedCheckDigitIsBelowTheWeakestFit) {
  NumberFormat doubtful = ten_digits();
  doubtful.confidence = Confidence::Low;
  const NumberShape prefixed{.pattern = "", .share = 0.001};
  EXPECT_LT(strength(ten_digits(), prefixed, false), strength(doubtful, {.pattern = "", .share = 1}, std::nullopt));
}

TEST(Strength, FreightComesAfterParcelsOfGoodSource) {
  NumberFormat freight = ten_digits();
  freight.is_cargo = true;
  NumberFormat parcel = ten_digits();
  parcel.confidence = Confidence::Medium;
  const NumberShape bare{.pattern = "", .share = 1};
  EXPECT_LT(strength(freight, bare, true), strength(parcel, bare, std::nullopt));
}

TEST(Strength, GrowsWithConfidence) {
  NumberFormat format = ten_digits();
  double last = 0;
  for (const Confidence confidence :
       {Confidence::Low, Confidence::Medium, Confidence::High, Confidence::Verified, Confidence::Reserved}) {
    format.confidence = confidence;
    const double now = strength(format, format.shapes[0], std::nullopt);
    EXPECT_GT(now, last);
    last = now;
  }
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace parcelwake::domain
