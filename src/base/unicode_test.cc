#include "base/unicode.h"

#include <gtest/gtest.h>

namespace parcelwake {
namespace {

TEST(FoldedName, CaseAccentsSpacesAndPunctuationGo) {
  EXPECT_EQ(folded_name("São Tomé"), "SAOTOME");
  EXPECT_EQ(folded_name(" st. john's "), "STJOHNS");
  EXPECT_EQ(folded_name("Abu-Dhabi"), folded_name("ABU DHABI"));
  EXPECT_EQ(folded_name("Las Lomas #2"), "LASLOMAS2");
}

TEST(FoldedName, LettersThatAreNotComposedHavePlainOnes) {
  EXPECT_EQ(folded_name("Bodø"), "BODO");
  EXPECT_EQ(folded_name("ŁÓDŹ"), "LODZ");
  EXPECT_EQ(folded_name("Straße"), "STRASSE");
  EXPECT_EQ(folded_name("Ærøskøbing"), "AEROSKOBING");
}

TEST(FoldedName, WideFormsAreTheNarrowOnes) { EXPECT_EQ(folded_name("７６２－１０９４"), "7621094"); }

TEST(FoldedName, OtherAlphabetsStay) {
  EXPECT_EQ(folded_name("МОСКВА"), folded_name("Москва"));
  EXPECT_EQ(folded_name("東京"), "東京");
}

TEST(FoldedName, WhatIsNoTextIsNothing) {
  EXPECT_EQ(folded_name(""), "");
  EXPECT_EQ(folded_name(" -,. "), "");
  EXPECT_EQ(folded_name("abc\xff"), "");
}

}  // namespace
}  // namespace parcelwake
