#include "domain/waybill/air_waybill.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

TEST(AirWaybill, IsWrittenWithAHyphenHoweverItCame) {
  for (const char* text : {"172-00000033", "172 00000033", "17200000033", "  172-00000033\t"}) {
    const auto waybill = AirWaybill::parse(text);
    ASSERT_TRUE(waybill.ok()) << text;
    EXPECT_EQ(waybill->text(), "172-00000033");
    EXPECT_EQ(waybill->prefix(), "172");
    EXPECT_EQ(waybill->serial(), "00000033");
  }
}

TEST(AirWaybill, TheCheckDigitIsTheSevenBeforeModuloSeven) {
  EXPECT_TRUE(AirWaybill::parse("172-28891936").ok());
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto waybill = AirWaybill::parse(std::string("172-0000003") + digit);
    ASSERT_EQ(waybill.ok(), digit == '3') << digit;
    if (waybill) continue;
    EXPECT_EQ(waybill.error(), WaybillError::WrongCheckDigit);
  }
}

TEST(AirWaybill, ASerialWithoutItsCheckDigitIsCompleted) {
  EXPECT_EQ(AirWaybill::parse("172-2889193")->text(), "172-28891936");
  EXPECT_EQ(AirWaybill::parse("1722889193")->text(), "172-28891936");
}

TEST(AirWaybill, OtherFormsAreRefused) {
  EXPECT_EQ(AirWaybill::parse("").error(), WaybillError::Missing);
  EXPECT_EQ(AirWaybill::parse(" \n").error(), WaybillError::Missing);
  for (const char* text : {"172", "172-", "172-000000", "172-000000331", "172--00000033", "172_00000033",
                           "17A-00000033", "172-0000003X", "172 -0000003", "LX-00000033", "1720000003300"}) {
    const auto waybill = AirWaybill::parse(text);
    ASSERT_FALSE(waybill.ok()) << text;
    EXPECT_EQ(waybill.error(), WaybillError::Malformed) << text;
  }
}

}  // namespace
}  // namespace parcelwake::domain
