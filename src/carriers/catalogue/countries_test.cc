#include "carriers/catalogue/countries.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

Countries some() {
  auto countries = Countries::parse("DE\tDEU\tGermany\t\nKR\tKOR\tKorea, South\tSouth Korea;Korea\n", "countries.tsv");
  EXPECT_TRUE(countries.ok());
  return std::move(countries).value();
}

TEST(Countries, ACodeGivesTheName) {
  EXPECT_EQ(some().name("DE"), "Germany");
  EXPECT_EQ(some().name("XX"), "");
}

TEST(Countries, NamesAndCodesInAnyCaseGiveTheCode) {
  const Countries countries = some();
  for (const std::string_view given : {"KR", "kr", "kor", "Korea, South", "SOUTH KOREA", " korea "}) {
    EXPECT_EQ(countries.code(given), "KR") << given;
  }
  EXPECT_EQ(countries.code("Atlantis"), "");
  EXPECT_EQ(countries.code(""), "");
}

TEST(Countries, ARowThatIsNoCountryIsRefused) {
  EXPECT_EQ(Countries::parse("de\tDEU\tGermany\t\n", "c.tsv").error(), "c.tsv:1: not a country");
  EXPECT_EQ(Countries::parse("DE\tDEU\t\t\n", "c.tsv").error(), "c.tsv:1: not a country");
  EXPECT_EQ(Countries::parse("DE\tDEU\tA\t\nDE\tDEU\tB\t\n", "c.tsv").error(), "c.tsv:2: 'DE' is listed twice");
}

}  // namespace
}  // namespace parcelwake::carriers
