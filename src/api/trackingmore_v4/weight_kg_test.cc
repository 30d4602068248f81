#include "api/trackingmore_v4/weight_kg.h"

#include <gtest/gtest.h>

namespace parcelwake::api::trackingmore_v4 {
namespace {

TEST(WeightKg, KnowsTheUnitsThatCarriersWrite) {
  EXPECT_EQ(weight_kg("1.2 kg"), "1.2");
  EXPECT_EQ(weight_kg(" 2KGS "), "2");
  EXPECT_EQ(weight_kg("500g"), "0.5");
  EXPECT_EQ(weight_kg("12.10LBS"), "5.488");
  EXPECT_EQ(weight_kg("8 oz"), "0.227");
  EXPECT_EQ(weight_kg("0 kg"), "0");
}

TEST(WeightKg, GuessesNothing) {
  for (const char* text : {"", "1.2", "kg", "heavy", "1 st", "1 kg 200 g", "-1 kg", "nan kg", "1e999 kg"}) {
    EXPECT_EQ(weight_kg(text), "") << text;
  }
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
