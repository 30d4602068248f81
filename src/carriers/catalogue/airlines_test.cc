#include "carriers/catalogue/airlines.h"

#include <gtest/gtest.h>

#include "carriers/catalogue/embedded_catalogue.h"

namespace parcelwake::carriers {
namespace {

TEST(Airlines, AreFoundByTheirPrefix) {
  const auto airlines = Airlines::parse("172\tCargolux\tCV\tCLX\thttps://a.example\t\n", "airlines.tsv");
  ASSERT_TRUE(airlines.ok());
  const domain::Airline* cargolux = airlines->find("172");
  ASSERT_NE(cargolux, nullptr);
  EXPECT_EQ(cargolux->name, "Cargolux");
  EXPECT_EQ(cargolux->iata, "CV");
  EXPECT_EQ(cargolux->homepage, "https://a.example");
  for (const char* other : {"173", "", "17", "1720", "1 2", "-72"}) EXPECT_EQ(airlines->find(other), nullptr) << other;
}

TEST(Airlines, ARowThatIsNoAirlineIsRefused) {
  EXPECT_EQ(Airlines::parse("17\tA\t\t\t\t\n", "a.tsv").error(), "a.tsv:1: not an airline");
  EXPECT_EQ(Airlines::parse("172\t\t\t\t\t\n", "a.tsv").error(), "a.tsv:1: not an airline");
  EXPECT_EQ(Airlines::parse("172\tA\t\t\t\t\n172\tB\t\t\t\t\n", "a.tsv").error(), "a.tsv:2: '172' is listed twice");
}

TEST(Airlines, TheExecutableCarriesThemAll) {
  const auto airlines = Airlines::parse(embedded_texts().airlines, "airlines.tsv");
  ASSERT_TRUE(airlines.ok()) << airlines.error();
  EXPECT_EQ(airlines->size(), 932U);  // 931 of the world's and the sandbox
  const auto catalogue = load_embedded_catalogue();
  ASSERT_NE(catalogue->airline("020"), nullptr);
  EXPECT_EQ(catalogue->airline("020")->name, "Lufthansa Cargo");
  EXPECT_EQ(catalogue->airline("172")->iata, "CV");
  EXPECT_EQ(catalogue->airline("000"), nullptr);
}

}  // namespace
}  // namespace parcelwake::carriers
