#include "carriers/remote_areas/remote_area_table.h"

#include <gtest/gtest.h>

#include <set>

#include "carriers/catalogue/embedded_catalogue.h"
#include "carriers/remote_areas/built_in_remote_areas.h"

namespace parcelwake::carriers {
namespace {

using domain::PostcodeRange;
using domain::RemoteCity;

TEST(RemoteAreaTable, ReadsPostcodesAndCities) {
  const auto list = read_remote_area_table(
      "# Places that X treats as remote: edition of 2020. Generated.\n"
      "GB\tpostcodes\tAB31 4,PA75\nJP\tpostcodes\t0100000-0100006,0100021\nNZ\tcities\tAhipara;St. John's\n",
      "x.tsv");
  ASSERT_TRUE(list) << list.error();
  EXPECT_EQ(list->source, "edition of 2020");
  EXPECT_EQ(list->ranges, (std::vector<PostcodeRange>{{"GB", "PA75 ", "PA75 "},
                                                      {"GB", "AB31 4", "AB31 4"},
                                                      {"JP", "0100000", "0100006"},
                                                      {"JP", "0100021", "0100021"}}));
  EXPECT_EQ(list->cities, (std::vector<RemoteCity>{{"NZ", "AHIPARA"}, {"NZ", "STJOHNS"}}));
  EXPECT_EQ(list->rows, 6);
}

TEST(RemoteAreaTable, WhatIsWrongIsToldByLine) {
  EXPECT_EQ(read_remote_area_table("JP\tpostcodes\t1-\n\nJP\tpostcodes\t2,none\n", "x.tsv").error(),
            "x.tsv:3: 'none' is no postcode");
  EXPECT_EQ(read_remote_area_table("JP\tislands\t1\n", "x.tsv").error(), "x.tsv:1: 'islands' is no kind");
}

TEST(BuiltInRemoteAreas, AreOfKnownCarriersAndCountries) {
  const auto catalogue = load_embedded_catalogue();
  const auto lists = built_in_remote_areas();
  ASSERT_EQ(lists.size(), 2U);
  for (const auto& built_in : lists) {
    const domain::RemoteAreaList list = built_in.read();
    EXPECT_EQ(list.carrier, built_in.carrier());
    EXPECT_EQ(list.source, built_in.edition());
    EXPECT_NE(catalogue->find(list.carrier), nullptr);
    EXPECT_TRUE(list.built_in);
    EXPECT_FALSE(list.source.empty());
    std::set<std::string> countries;
    for (const auto& range : list.ranges) countries.insert(range.country);
    for (const auto& city : list.cities) countries.insert(city.country);
    EXPECT_GE(countries.size(), 105U);
    for (const std::string& country : countries) EXPECT_FALSE(catalogue->country_name(country).empty()) << country;
  }
}

}  // namespace
}  // namespace parcelwake::carriers
