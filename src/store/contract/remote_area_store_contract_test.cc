#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "domain/remote_area/place.h"
#include "parcelwake_store_sqlite_embedded.h"
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
    EXPECT_GE(written, last);
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
    if (step.find("SEARCH p USING PRIMARY KEY (edition=? AND country=? AND length=? AND low<?)") == 0) ++searches;
    if (step.find("SEARCH c USING PRIMARY KEY (edition=? AND country=? AND city=?)") == 0) ++searches;
    if (step.find("SEARCH l USING PRIMARY KEY (country=?)") == 0) ++searches;
    if (step.find("SEARCH e USING INTEGER PRIMARY KEY (rowid=?)") == 0) ++searches;
    if (step.find("SEARCH e USING COVERING INDEX remote_area_edition_state (state=?)") == 0) ++searches;
  }
  EXPECT_EQ(searches, 5);
}

RemoteAreaList many_codes(int from, int to) {
  domain::RemoteAreaListBuilder builder;
  for (int code = from; code < to; ++code) EXPECT_TRUE(builder.add_postcodes("NZ", std::to_string(code), ""));
  EXPECT_TRUE(builder.add_city("NZ", "Ahipara"));
  return list_of("dhl", std::move(builder));
}

std::int64_t rows_of(SqliteDatabase& database, const std::string& table) {
  Statement statement(database, "SELECT count(*) FROM " + table);
  Query query(statement);
  EXPECT_TRUE(*query.next());
  return query.integer(0);
}

TEST(RemoteAreasInSqlite, NothingOfAListThatWasReplacedStays) {
  SqliteAreas areas;
  ASSERT_TRUE(areas.store.replace(std::vector{many_codes(10'000, 22'000)}, kSilent));
  ASSERT_TRUE(areas.store.replace(std::vector{many_codes(10'000, 10'002)}, kSilent));
  SqliteDatabase& database = areas.store.database();
  EXPECT_EQ(rows_of(database, "remote_postcode"), 2);
  EXPECT_EQ(rows_of(database, "remote_postcode_length"), 1);
  EXPECT_EQ(rows_of(database, "remote_city"), 1);
  EXPECT_EQ(rows_of(database, "remote_area_edition"), 1);
}

TEST(RemoteAreasInSqlite, OthersWriteBetweenThePieces) {
  SqliteAreas areas;
  const auto others = *SqliteAccountStore::open(options_for(areas.folder));
  std::size_t added = 0;
  ASSERT_TRUE(areas.store.replace(std::vector{many_codes(10'000, 60'000)}, [&](std::size_t) {
    EXPECT_TRUE(others->add_account({.id = {}, .email = "a@example.org", .plan = "free", .phone = ""}));
    ++added;
  }));
  EXPECT_GE(added, 2U);
}

TEST(RemoteAreasInSqlite, OfTwoThatWriteTheSameListTheLatestWins) {
  SqliteAreas areas;
  const auto second = *SqliteRemoteAreaStore::open(options_for(areas.folder));
  bool begun = false;
  const auto first_done = areas.store.replace(std::vector{many_codes(10'000, 22'000)}, [&](std::size_t) {
    if (!std::exchange(begun, true)) {
      EXPECT_TRUE(second->replace(std::vector{many_codes(10'000, 10'002)}, kSilent));
    }
  });
  ASSERT_FALSE(first_done);
  EXPECT_EQ(first_done.error(), ports::StoreError::Busy);
  EXPECT_EQ(areas.store.remote_area_lists()->front().rows, 3);
  EXPECT_EQ(rows_of(areas.store.database(), "remote_area_edition"), 1);
  EXPECT_EQ(rows_of(areas.store.database(), "remote_postcode"), 2);
}

TEST(RemoteAreasInSqlite, WhatAProcessThatDiedHadWrittenIsNeverSeenAndGoesWithTheNextList) {
  SqliteAreas areas;
  ASSERT_TRUE(areas.store.replace(std::vector{many_codes(10'000, 10'002)}, kSilent));
  {
    RemoteAreaEditions died(areas.store.database());
    const std::vector lists = {many_codes(10'000, 16'000)};
    const auto editions = *died.begin(lists);
    ASSERT_TRUE(died.add(editions.front(), std::span(lists.front().ranges)));
  }
  const ports::PlaceKeys place{.country = "NZ", .postcode = "10005", .city = ""};
  EXPECT_TRUE(areas.store.remote_carriers(std::span(&place, 1))->front().empty());
  EXPECT_EQ(areas.store.remote_area_lists()->size(), 1U);
  ASSERT_TRUE(areas.store.replace(std::vector{many_codes(10'000, 10'003)}, kSilent));
  EXPECT_EQ(rows_of(areas.store.database(), "remote_postcode"), 3);
  EXPECT_EQ(rows_of(areas.store.database(), "remote_area_edition"), 1);
}

TEST(RemoteAreasInSqlite, ListsOfAnEarlierVersionAreTakenOver) {
  const TemporaryFolder folder;
  const SqliteOptions options = options_for(folder);
  {
    const auto database = *SqliteDatabase::open(options, SqliteAccess::Write);
    std::string earlier = "BEGIN; ";
    int version = 0;
    for (const auto& file : migrations::files()) {
      if (file.path.find("remote_area_editions") != std::string_view::npos) break;
      earlier += std::string(file.bytes) + "; ";
      ++version;
    }
    earlier +=
        "INSERT INTO remote_area_list VALUES ('dhl', 'old', 1, 60000, 2, 1), ('ups', 'other', 0, 0, 1, 1);"
        "INSERT INTO remote_postcode VALUES ('NZ', 'dhl', 4, '0170', '0176');"
        "INSERT INTO remote_postcode_length VALUES ('NZ', 'dhl', 4);"
        "INSERT INTO remote_city VALUES ('NZ', 'AHIPARA', 'ups'), ('NZ', 'AHIPARA', 'dhl');"
        "PRAGMA user_version = " +
        std::to_string(version) + "; COMMIT";
    ASSERT_TRUE(database->execute(earlier.c_str()));
  }
  ASSERT_TRUE(migrate(options));
  const auto reader = *SqliteRemoteAreaReader::open(options);
  const std::vector<ports::PlaceKeys> places = {{.country = "NZ", .postcode = "0173", .city = ""},
                                                {.country = "NZ", .postcode = "", .city = "AHIPARA"}};
  const auto found = *reader->remote_carriers(places);
  EXPECT_EQ(found[0].size(), 1U);
  EXPECT_EQ(found[1].size(), 2U);
  const auto lists = *reader->remote_area_lists();
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_EQ(lists[0].source, "old");
  EXPECT_TRUE(lists[0].built_in);
  EXPECT_EQ(lists[0].imported_at, Timestamp{std::chrono::minutes{1}});
  EXPECT_EQ(lists[1].carrier.text(), "ups");
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
