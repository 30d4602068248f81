#include <gtest/gtest.h>

#include <random>

#include "domain/remote_area/place.h"
#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"
#include "store/memory/memory_remote_area_store.h"
#include "store/sqlite/sqlite_remote_area_store.h"

namespace parcelwake::store {
namespace {

using domain::CarrierCode;
using domain::RemoteAreaList;
using Carriers = std::vector<std::string>;

const auto kSilent = [](std::size_t) {};

struct MemoryAreas {
  MemoryRemoteAreaStore store;
};
struct SqliteAreas {
  TemporaryFolder folder;
  bool migrated = migrate(options_for(folder)).ok();
  std::unique_ptr<SqliteRemoteAreaStore> opened = *SqliteRemoteAreaStore::open(options_for(folder));
  SqliteRemoteAreaStore& store = *opened;
};

RemoteAreaList list_of(std::string carrier, domain::RemoteAreaListBuilder&& builder) {
  RemoteAreaList list = std::move(builder).build();
  list.carrier = CarrierCode::trusted(std::move(carrier));
  list.source = "a test";
  list.imported_at = minute(1);
  return list;
}

template <class Areas>
class RemoteAreaStoreContract : public testing::Test {
 protected:
  ports::RemoteAreaStore& store() { return areas_.store; }

  Carriers find(std::string_view country, std::string_view place) {
    const ports::PlaceKeys keys{.country = std::string(country),
                                .postcode = domain::postcode_key(country, place),
                                .city = domain::city_key(place)};
    const auto found = store().remote_carriers(std::span(&keys, 1));
    EXPECT_TRUE(found);
    Carriers carriers;
    for (const CarrierCode& code : found->front()) carriers.push_back(code.text());
    return carriers;
  }

  Areas areas_;
};

using AllAreas = testing::Types<MemoryAreas, SqliteAreas>;
TYPED_TEST_SUITE(RemoteAreaStoreContract, AllAreas);

TYPED_TEST(RemoteAreaStoreContract, NothingIsFoundInNoList) {
  EXPECT_EQ(this->find("US", "99501"), Carriers{});
  EXPECT_TRUE(this->store().remote_carriers({})->empty());
  EXPECT_TRUE(this->store().remote_area_lists()->empty());
}

TYPED_TEST(RemoteAreaStoreContract, BothEndsOfARangeAreInIt) {
  domain::RemoteAreaListBuilder builder;
  ASSERT_TRUE(builder.add_postcodes("JP", "010-0011", "010-0014"));
  ASSERT_TRUE(builder.add_postcodes("JP", "010-0021", ""));
  ASSERT_TRUE(this->store().replace(std::vector{list_of("dhl", std::move(builder))}, kSilent));
  for (const char* inside : {"0100011", "010-0012", "010 0014", "010-0021"}) {
    EXPECT_EQ(this->find("JP", inside), Carriers{"dhl"}) << inside;
  }
  for (const char* outside : {"0100010", "0100015", "0100020", "0100022", "01000", "0", "", "9999999"}) {
    EXPECT_EQ(this->find("JP", outside), Carriers{}) << outside;
  }
  EXPECT_EQ(this->find("US", "0100011"), Carriers{});
}

TYPED_TEST(RemoteAreaStoreContract, AShorterCodeHoldsAllThatBeginWithIt) {
  domain::RemoteAreaListBuilder dhl;
  ASSERT_TRUE(dhl.add_postcodes("TW", "312", ""));
  ASSERT_TRUE(dhl.add_postcodes("TW", "30446", "30447"));
  ASSERT_TRUE(dhl.add_postcodes("GB", "PA7 5", ""));
  domain::RemoteAreaListBuilder fedex;
  ASSERT_TRUE(fedex.add_postcodes("GB", "PA75", ""));
  ASSERT_TRUE(fedex.add_postcodes("GB", "HS1X", ""));
  ASSERT_TRUE(
      this->store().replace(std::vector{list_of("dhl", std::move(dhl)), list_of("fedex", std::move(fedex))}, kSilent));
  EXPECT_EQ(this->find("TW", "31245"), Carriers{"dhl"});
  EXPECT_EQ(this->find("TW", "30446"), Carriers{"dhl"});
  EXPECT_EQ(this->find("TW", "304"), Carriers{});
  EXPECT_EQ(this->find("GB", "PA7 5AB"), Carriers{"dhl"});
  EXPECT_EQ(this->find("GB", "pa75 6ab"), Carriers{"fedex"});
  EXPECT_EQ(this->find("GB", "HS1 2AB"), Carriers{"fedex"});
  EXPECT_EQ(this->find("GB", "HS10 2AB"), Carriers{});
}

TYPED_TEST(RemoteAreaStoreContract, APlaceMayBeInSeveralLists) {
  domain::RemoteAreaListBuilder dhl;
  ASSERT_TRUE(dhl.add_postcodes("NZ", "0170", "0176"));
  ASSERT_TRUE(dhl.add_city("NZ", "Papaaroha"));
  domain::RemoteAreaListBuilder fedex;
  ASSERT_TRUE(fedex.add_city("NZ", "PAPAAROHA"));
  ASSERT_TRUE(
      this->store().replace(std::vector{list_of("fedex", std::move(fedex)), list_of("dhl", std::move(dhl))}, kSilent));
  EXPECT_EQ(this->find("NZ", "papa aroha"), (Carriers{"dhl", "fedex"}));
  EXPECT_EQ(this->find("NZ", "0173"), Carriers{"dhl"});
  EXPECT_EQ(this->find("AU", "papaaroha"), Carriers{});
}

TYPED_TEST(RemoteAreaStoreContract, AListTakesThePlaceOfItsCarriersAlone) {
  domain::RemoteAreaListBuilder first;
  ASSERT_TRUE(first.add_city("NZ", "Ahipara"));
  domain::RemoteAreaListBuilder other;
  ASSERT_TRUE(other.add_city("NZ", "Ahipara"));
  ASSERT_TRUE(this->store().replace(std::vector{list_of("dhl", std::move(first)), list_of("fedex", std::move(other))},
                                    kSilent));
  domain::RemoteAreaListBuilder next;
  ASSERT_TRUE(next.add_postcodes("NZ", "0170", ""));
  ASSERT_TRUE(next.add_city("FJ", "Beqa"));
  ASSERT_TRUE(this->store().replace(std::vector{list_of("dhl", std::move(next))}, kSilent));
  EXPECT_EQ(this->find("NZ", "Ahipara"), Carriers{"fedex"});
  EXPECT_EQ(this->find("NZ", "0170"), Carriers{"dhl"});
  const auto lists = *this->store().remote_area_lists();
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_EQ(lists[0].carrier.text(), "dhl");
  EXPECT_EQ(lists[0].rows, 2);
  EXPECT_EQ(lists[0].countries, 2);
  EXPECT_EQ(lists[0].source, "a test");
  EXPECT_EQ(lists[0].imported_at, minute(1));
  EXPECT_FALSE(lists[0].built_in);
  EXPECT_EQ(lists[1].carrier.text(), "fedex");
}

TYPED_TEST(RemoteAreaStoreContract, ProgressEndsWithAllThatIsWritten) {
  domain::RemoteAreaListBuilder builder;
  for (int code = 100'000; code < 125'000; ++code) {
    ASSERT_TRUE(builder.add_postcodes("CN", std::to_string(code), ""));
  }
  std::size_t last = 0;
  ASSERT_TRUE(this->store().replace(std::vector{list_of("dhl", std::move(builder))}, [&](std::size_t written) {
    EXPECT_GT(written, last);
    last = written;
  }));
  EXPECT_EQ(last, 25'000U);
}

TEST(RemoteAreasInBothStores, AnyPlaceIsFoundAlike) {
  std::mt19937 random(11);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  MemoryAreas memory;
  SqliteAreas sqlite;
  const std::array<const char*, 3> countries = {"US", "GB", "TW"};
  const auto code = [&](int length) {
    std::string text;
    for (int i = 0; i < length; ++i) text.push_back(static_cast<char>('0' + pick(4)));
    return text;
  };
  for (int round = 0; round < 12; ++round) {
    domain::RemoteAreaListBuilder builder;
    for (int i = 0; i < 40; ++i) {
      const int length = 2 + pick(4);
      std::string a = code(length), b = code(length);
      if (b < a) std::swap(a, b);
      if (!builder.add_postcodes(countries[pick(3)], a, pick(2) == 0 ? b : "")) continue;
    }
    const std::vector lists = {list_of(pick(2) == 0 ? "dhl" : "fedex", std::move(builder))};
    ASSERT_TRUE(memory.store.replace(lists, kSilent));
    ASSERT_TRUE(sqlite.store.replace(lists, kSilent));
    for (int i = 0; i < 200; ++i) {
      const std::string country = countries[pick(3)];
      const ports::PlaceKeys place{
          .country = country, .postcode = domain::postcode_key(country, code(1 + pick(6))), .city = ""};
      EXPECT_EQ(*memory.store.remote_carriers(std::span(&place, 1)),
                *sqlite.store.remote_carriers(std::span(&place, 1)))
          << country << ' ' << place.postcode;
    }
  }
}

TEST(RemoteAreasInSqlite, APlaceIsSearchedByIndexesAlone) {
  SqliteAreas areas;
  Statement statement(areas.store.database(), std::string("EXPLAIN QUERY PLAN ") + RemoteAreaQueries::kFind);
  Query query(statement);
  int searches = 0;
  while (*query.next()) {
    const std::string step(query.text(3));
    EXPECT_EQ(step.find("SCAN"), std::string::npos) << step;
    EXPECT_EQ(step.find("TEMP B-TREE"), std::string::npos) << step;
    if (step.find("SEARCH p USING PRIMARY KEY (country=? AND carrier=? AND length=? AND low<?)") == 0) ++searches;
    if (step.find("SEARCH c USING PRIMARY KEY (country=? AND city=?)") == 0) ++searches;
    if (step.find("SEARCH l USING PRIMARY KEY (country=?)") == 0) ++searches;
  }
  EXPECT_EQ(searches, 3);
}

TEST(RemoteAreasInSqlite, WhatIsReadMeanwhileIsTheListAsItWas) {
  SqliteAreas areas;
  domain::RemoteAreaListBuilder first;
  ASSERT_TRUE(first.add_city("NZ", "Ahipara"));
  ASSERT_TRUE(areas.store.replace(std::vector{list_of("dhl", std::move(first))}, kSilent));
  const auto reader = *SqliteRemoteAreaReader::open(options_for(areas.folder));
  const ports::PlaceKeys place{.country = "NZ", .postcode = "", .city = "AHIPARA"};
  domain::RemoteAreaListBuilder next;
  for (int code = 10'000; code < 20'000; ++code) ASSERT_TRUE(next.add_postcodes("NZ", std::to_string(code), ""));
  std::size_t looked = 0;
  ASSERT_TRUE(areas.store.replace(std::vector{list_of("dhl", std::move(next))}, [&](std::size_t) {
    if (looked++ == 0) {
      EXPECT_EQ(reader->remote_carriers(std::span(&place, 1))->front().size(), 1U);
    }
  }));
  EXPECT_GT(looked, 1U);
  EXPECT_TRUE(reader->remote_carriers(std::span(&place, 1))->front().empty());
}

}  // namespace
}  // namespace parcelwake::store
