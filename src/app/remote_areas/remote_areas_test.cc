#include <gtest/gtest.h>

#include "app/remote_areas/find_remote_areas.h"
#include "app/remote_areas/read_remote_areas.h"
#include "app/testing/small_catalogue.h"
#include "store/memory/memory_remote_area_store.h"

namespace parcelwake::app {
namespace {

using testing::carrier;

struct RemoteAreas : ::testing::Test {
  testing::SmallCatalogue catalogue;
  store::MemoryRemoteAreaStore store;

  std::vector<domain::RemoteAreaList> lists(std::vector<RemoteAreaRow> rows) {
    auto read = read_remote_areas(rows, std::nullopt, catalogue);
    EXPECT_TRUE(read);
    return *std::move(read);
  }
  PlaceAnswer find(PlaceQuestion question) {
    auto found = find_remote_areas(std::span(&question, 1), catalogue, store);
    EXPECT_TRUE(found);
    return found->front();
  }
  std::string fault(RemoteAreaRow row, std::optional<domain::CarrierCode> whose = std::nullopt) {
    row.line = 7;
    const auto read = read_remote_areas(std::span(&row, 1), whose, catalogue);
    EXPECT_FALSE(read);
    if (read || read.error().size() != 1) return "?";
    EXPECT_EQ(read.error().front().line, 7);
    return read.error().front().reason;
  }
};

TEST_F(RemoteAreas, ATableMakesAListForEachCarrierInIt) {
  const auto made = lists({{.line = 2, .carrier = "DHL", .country = "us", .postcode_from = "99501", .city = ""},
                           {.line = 3, .carrier = "usps", .country = "United States", .city = "Nome"},
                           {.line = 4, .carrier = "dhl", .country = "DE", .postcode_from = "1", .postcode_to = "3"}});
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[0].carrier, carrier("dhl"));
  EXPECT_EQ(made[0].ranges, (std::vector<domain::PostcodeRange>{{"DE", "1", "3"}, {"US", "99501", "99501"}}));
  EXPECT_EQ(made[1].cities, (std::vector<domain::RemoteCity>{{"US", "NOME"}}));
}

TEST_F(RemoteAreas, ARowSaysWhatIsWrongWithIt) {
  EXPECT_EQ(fault({.country = "US", .postcode_from = "1"}), "no carrier");
  EXPECT_EQ(fault({.carrier = "nobody", .country = "US", .postcode_from = "1"}), "'nobody' is no carrier");
  EXPECT_EQ(fault({.carrier = "usps", .country = "US", .postcode_from = "1"}, carrier("dhl")),
            "the carrier is 'usps', not 'dhl'");
  EXPECT_EQ(fault({.carrier = "dhl", .country = "Atlantis", .postcode_from = "1"}), "'Atlantis' is no country");
  EXPECT_EQ(fault({.carrier = "dhl", .country = "US"}), "neither a postcode nor a city");
  EXPECT_EQ(fault({.carrier = "dhl", .country = "US", .postcode_from = "1", .city = "Nome"}),
            "both a postcode and a city");
  EXPECT_EQ(fault({.carrier = "dhl", .country = "US", .postcode_from = "2", .postcode_to = "1"}),
            "'1' comes before '2'");
}

TEST_F(RemoteAreas, OneBrokenRowLeavesNoList) {
  const std::vector<RemoteAreaRow> rows = {{.line = 2, .carrier = "dhl", .country = "US", .postcode_from = "99501"},
                                           {.line = 3, .carrier = "dhl", .country = "US"},
                                           {.line = 4, .carrier = "dhl", .country = "?", .postcode_from = "1"}};
  const auto read = read_remote_areas(rows, std::nullopt, catalogue);
  ASSERT_FALSE(read);
  ASSERT_EQ(read.error().size(), 2U);
  EXPECT_EQ(read.error()[0].line, 3);
  EXPECT_EQ(read.error()[1].line, 4);
}

TEST_F(RemoteAreas, PlacesAreFoundByPostcodeOrCityAndCountryByCodeOrName) {
  ASSERT_TRUE(store.replace(lists({{.carrier = "dhl", .country = "US", .postcode_from = "99501"},
                                   {.carrier = "dhl", .country = "US", .city = "Nome"},
                                   {.carrier = "usps", .country = "US", .city = "NOME"}}),
                            [](std::size_t) {}));
  EXPECT_EQ(find({.country = "United States", .postcode_or_city = "99501-1234"}).carriers,
            (std::vector{carrier("dhl")}));
  EXPECT_EQ(find({.country = "us", .postcode_or_city = "nôme"}).carriers,
            (std::vector{carrier("dhl"), carrier("usps")}));
  EXPECT_EQ(find({.country = "us", .postcode_or_city = "nome"}).country, "US");
  EXPECT_TRUE(find({.country = "DE", .postcode_or_city = "99501"}).carriers.empty());
  EXPECT_TRUE(find({.country = "Atlantis", .postcode_or_city = "99501"}).carriers.empty());
  EXPECT_TRUE(find({.country = "Atlantis", .postcode_or_city = "99501"}).country.empty());
}

TEST_F(RemoteAreas, ACompanyIsMeantByCodeOrName) {
  ASSERT_TRUE(store.replace(lists({{.carrier = "dhl", .country = "US", .city = "Nome"},
                                   {.carrier = "deutsche-post", .country = "US", .city = "Nome"}}),
                            [](std::size_t) {}));
  const auto carriers_of = [&](std::string_view company) {
    return find({.country = "US", .postcode_or_city = "Nome", .company = company}).carriers;
  };
  EXPECT_EQ(carriers_of("DHL"), (std::vector{carrier("dhl")}));
  EXPECT_EQ(carriers_of("Deutsche Post"), (std::vector{carrier("deutsche-post")}));
  EXPECT_EQ(carriers_of("deutsche-post"), (std::vector{carrier("deutsche-post")}));
  EXPECT_TRUE(carriers_of("usps").empty());
}

}  // namespace
}  // namespace parcelwake::app
