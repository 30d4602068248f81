#include <gtest/gtest.h>

#include <map>
#include <random>

#include "domain/tracking/examples.h"
#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"
#include "store/sqlite/sqlite_tracking_reader.h"

namespace parcelwake::store {
namespace {

using domain::AccountId;
using domain::CarrierCode;
using domain::Route;
using domain::Status;
using domain::Tracking;
using domain::TransitTimes;
using ports::StoredTracking;
using ports::TrackingChange;

constexpr AccountId kFirst{1};

Route route(std::string_view carrier = "ups", std::string_view origin = "CN", std::string_view destination = "DE") {
  return {CarrierCode::trusted(std::string(carrier)), std::string(origin), std::string(destination)};
}

// Under way so long, and delivered or not.
Tracking travelled(std::string_view number, Status status, int days, std::int64_t account = 1) {
  Tracking t = example_tracking(number, "ups", account);
  t.facts.origin_country = "CN";
  t.facts.destination_country = "DE";
  t.computed_status = status;
  domain::Checkpoint first = domain::examples::scan(1, 0);
  domain::Checkpoint newest = first;
  newest.time.wall += std::chrono::days{days};
  t.origin.timeline = domain::Timeline::restored({first, newest});
  return t;
}

// The same statistics from the trackings themselves, each looked at.
TransitTimes by_brute_force(const std::map<domain::TrackingId, Tracking>& trackings, AccountId account,
                            const Route& wanted) {
  TransitTimes times;
  std::map<int, std::int64_t> by_days;
  for (const auto& [id, t] : trackings) {
    const std::string& destination =
        t.facts.destination_country.empty() ? t.details.destination_code : t.facts.destination_country;
    const bool fits = t.account == account && t.carrier == wanted.carrier && t.facts.origin_country == wanted.origin &&
                      destination == wanted.destination && t.computed_status != Status::Pending;
    if (!fits) continue;
    ++times.total;
    if (t.computed_status != Status::Delivered) continue;
    ++times.delivered;
    const auto checkpoints = t.origin.timeline.checkpoints();
    if (checkpoints.empty()) continue;
    const auto span = checkpoints.back().time.wall - checkpoints.front().time.wall;
    ++by_days[static_cast<int>(std::chrono::ceil<std::chrono::days>(span).count())];
  }
  for (const auto& [days, delivered] : by_days) times.by_days.push_back({days, delivered});
  return times;
}

template <class Stores>
class TransitTimesContract : public testing::Test {
 protected:
  ports::TrackingStore& store() { return *stores_.trackings; }

  void save(const Tracking& tracking, bool deleted = false) {
    ASSERT_TRUE(store().begin());
    const auto before = (*store().load(std::span(&tracking.id, 1))).front();
    const TrackingChange change{.before = before ? &*before : nullptr,
                                .after = {.tracking = tracking, .deleted = deleted},
                                .schedule = {},
                                .unscheduled = false};
    ASSERT_TRUE(store().save(std::span(&change, 1)));
    ASSERT_TRUE(store().commit());
  }
  TransitTimes times(const Route& wanted, AccountId account = kFirst) {
    const auto found = store().transit_times(account, std::span(&wanted, 1));
    EXPECT_TRUE(found);
    return found ? found->front() : TransitTimes{};
  }

  Stores stores_;
};

TYPED_TEST_SUITE(TransitTimesContract, AllStores);

TYPED_TEST(TransitTimesContract, ARouteWithoutTrackingsHasNone) {
  EXPECT_EQ(this->times(route()), TransitTimes{});
  this->save(travelled("NUM00001", Status::Pending, 3));
  EXPECT_EQ(this->times(route()), TransitTimes{});
}

TYPED_TEST(TransitTimesContract, RoutesAreToldInTheirOrder) {
  this->save(travelled("NUM00001", Status::Delivered, 3));
  const std::array<Route, 3> wanted = {route("dhl"), route(), route("ups", "DE", "CN")};
  const auto found = this->store().transit_times(kFirst, wanted);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 3U);
  EXPECT_EQ((*found)[0], TransitTimes{});
  EXPECT_EQ((*found)[1], (TransitTimes{.total = 1, .delivered = 1, .by_days = {{3, 1}}}));
  EXPECT_EQ((*found)[2], TransitTimes{});
}

TYPED_TEST(TransitTimesContract, AccountsLearnNothingOfEachOther) {
  this->save(travelled("NUM00001", Status::Delivered, 3, 2));
  EXPECT_EQ(this->times(route()), TransitTimes{});
  EXPECT_EQ(this->times(route(), AccountId{2}).delivered, 1);
}

TYPED_TEST(TransitTimesContract, ACorrectedDeliveryIsTakenBack) {
  this->save(travelled("NUM00001", Status::Transit, 2));
  EXPECT_EQ(this->times(route()), (TransitTimes{.total = 1, .delivered = 0, .by_days = {}}));
  this->save(travelled("NUM00001", Status::Delivered, 9));
  EXPECT_EQ(this->times(route()), (TransitTimes{.total = 1, .delivered = 1, .by_days = {{9, 1}}}));
  this->save(travelled("NUM00001", Status::Delivered, 11));
  EXPECT_EQ(this->times(route()), (TransitTimes{.total = 1, .delivered = 1, .by_days = {{11, 1}}}));
  this->save(travelled("NUM00001", Status::Exception, 12));
  EXPECT_EQ(this->times(route()), (TransitTimes{.total = 1, .delivered = 0, .by_days = {}}));
}

TYPED_TEST(TransitTimesContract, AnotherCarrierTakesItsTrackingAlong) {
  Tracking tracking = travelled("NUM00001", Status::Delivered, 9);
  this->save(tracking);
  tracking.carrier = CarrierCode::trusted("dhl");
  this->save(tracking);
  EXPECT_EQ(this->times(route()), TransitTimes{});
  EXPECT_EQ(this->times(route("dhl")).delivered, 1);
}

TYPED_TEST(TransitTimesContract, ADeletedTrackingCountsNoMoreUntilItIsAddedAgain) {
  const Tracking tracking = travelled("NUM00001", Status::Delivered, 9);
  this->save(tracking);
  this->save(tracking, true);
  EXPECT_EQ(this->times(route()), TransitTimes{});
  this->save(tracking);
  EXPECT_EQ(this->times(route()), (TransitTimes{.total = 1, .delivered = 1, .by_days = {{9, 1}}}));
}

TYPED_TEST(TransitTimesContract, WhatIsRolledBackNeverCounted) {
  const TrackingChange change{.before = nullptr,
                              .after = {.tracking = travelled("NUM00001", Status::Delivered, 3)},
                              .schedule = {},
                              .unscheduled = false};
  ASSERT_TRUE(this->store().begin());
  ASSERT_TRUE(this->store().save(std::span(&change, 1)));
  this->store().rollback();
  EXPECT_EQ(this->times(route()), TransitTimes{});
}

// Random lives of a few numbers, several in one transaction, some of which is rolled back.
TYPED_TEST(TransitTimesContract, EqualsBruteForceAfterAnyOperations) {
  std::mt19937_64 random(7);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const std::array<const char*, 3> countries = {"CN", "DE", ""};
  const std::array<Status, 4> statuses = {Status::Pending, Status::Transit, Status::Delivered, Status::Exception};
  std::map<domain::TrackingId, Tracking> living;
  for (int round = 0; round < 400; ++round) {
    auto next = living;
    std::map<domain::TrackingId, StoredTracking> after;
    for (int i = 1 + pick(4); i > 0; --i) {
      Tracking t = travelled("NUM0000" + std::to_string(pick(9)), statuses[pick(4)], pick(70), 1 + pick(2));
      t.carrier = CarrierCode::trusted(living.contains(t.id) && pick(3) == 0 ? "dhl" : "ups");
      t.facts.origin_country = countries[pick(3)];
      t.facts.destination_country = countries[pick(3)];
      t.details.destination_code = countries[pick(3)];
      if (pick(6) == 0) t.origin.timeline = {};
      if (pick(4) == 0) t.manual_status = statuses[1 + pick(3)];
      const bool deleted = living.contains(t.id) && pick(4) == 0;
      if (deleted) {
        next.erase(t.id);
      } else {
        next[t.id] = t;
      }
      after[t.id] = {.tracking = t, .deleted = deleted};
    }
    ASSERT_TRUE(this->store().begin());
    std::vector<TrackingChange> changes;
    std::vector<std::unique_ptr<std::optional<StoredTracking>>> befores;
    for (const auto& [id, stored] : after) {
      befores.push_back(
          std::make_unique<std::optional<StoredTracking>>((*this->store().load(std::span(&id, 1))).front()));
      changes.push_back({.before = *befores.back() ? &**befores.back() : nullptr,
                         .after = stored,
                         .schedule = {},
                         .unscheduled = false});
    }
    ASSERT_TRUE(this->store().save(changes));
    if (pick(5) == 0) {
      this->store().rollback();
    } else {
      ASSERT_TRUE(this->store().commit());
      living = std::move(next);
    }
    for (const std::int64_t account : {1, 2}) {
      for (const char* carrier : {"ups", "dhl"}) {
        for (const char* origin : {"CN", "DE"}) {
          const Route wanted = route(carrier, origin, "DE");
          ASSERT_EQ(this->times(wanted, AccountId{account}), by_brute_force(living, AccountId{account}, wanted))
              << "round " << round;
        }
      }
    }
  }
  EXPECT_FALSE(living.empty());
}

TEST(TransitTimesInSqlite, AnOlderFileIsCountedWhenItIsMigrated) {
  SqliteStores stores;
  const auto add = [&](const Tracking& tracking) {
    const TrackingChange change{
        .before = nullptr, .after = {.tracking = tracking}, .schedule = {}, .unscheduled = false};
    ASSERT_TRUE(stores.trackings->begin() && stores.trackings->save(std::span(&change, 1)));
    ASSERT_TRUE(stores.trackings->commit());
  };
  add(travelled("NUM00001", Status::Delivered, 3));
  add(travelled("NUM00002", Status::Delivered, 20));
  add(travelled("NUM00003", Status::Transit, 20));
  add(travelled("NUM00004", Status::Pending, 0));
  const Route wanted = route();
  const auto counted = stores.trackings->transit_times(kFirst, std::span(&wanted, 1));
  stores.trackings.reset();

  const auto database = *open_current(options_for(stores.folder), SqliteAccess::Write);
  const std::string before_the_last =
      "DELETE FROM transit_count; INSERT INTO recount VALUES ('transit_count');"
      "PRAGMA user_version = 0";
  ASSERT_TRUE(database->execute(before_the_last.c_str()));
  ASSERT_TRUE(recount_transits(*database));
  ASSERT_TRUE(database->execute(("PRAGMA user_version = " + std::to_string(schema_version())).c_str()));

  const auto reader = *SqliteTrackingReader::open(options_for(stores.folder));
  const auto recounted = reader->transit_times(kFirst, std::span(&wanted, 1));
  ASSERT_TRUE(recounted);
  EXPECT_EQ(recounted->front(), counted->front());
  EXPECT_EQ(recounted->front(), (TransitTimes{.total = 3, .delivered = 2, .by_days = {{3, 1}, {20, 1}}}));
}

}  // namespace
}  // namespace parcelwake::store
