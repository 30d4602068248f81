#include <gtest/gtest.h>

#include <map>
#include <random>

#include "store/contract/example_trackings.h"
#include "store/sqlite/power_loss_vfs.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;
using domain::TrackingId;
using ports::StoredTracking;
using ports::TrackingChange;

using Kept = std::map<TrackingId, StoredTracking>;

bool same(const std::optional<StoredTracking>& a, const std::optional<StoredTracking>& b) {
  if (!a || !b) return !a && !b;
  return a->deleted == b->deleted && (a->deleted || a->tracking == b->tracking);
}

std::optional<StoredTracking> find(const Kept& kept, const TrackingId& id) {
  const auto found = kept.find(id);
  return found == kept.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t number(SqliteDatabase& database, const char* sql) {
  Statement statement(database, sql);
  Query query(statement);
  EXPECT_TRUE(*query.next()) << sql;
  return query.integer(0);
}

// A store on a disk that loses its power, beside what it has promised to keep.
class Drill {
 public:
  explicit Drill(std::uint64_t seed) : random_(seed), disk_(seed) {}

  // Works until the power fails, opens again and compares.
  void round() {
    disk_.fail_after(static_cast<std::int64_t>(random_() % 400));
    work();
    disk_.cut();
    check();
  }

 private:
  SqliteOptions options() const { return {.path = "/drill.db", .vfs = disk_.vfs_name()}; }

  void work() {
    if (!migrate(options())) return;
    auto store = SqliteTrackingStore::open(options());
    auto checkpointer = SqliteCheckpointer::open(options(), 100'000);
    if (!store || !checkpointer) return;
    while (!disk_.failed()) {
      batch(**store);
      if (random_() % 4 == 0) (void)(*checkpointer)->run_once();
    }
  }

  void batch(ports::TrackingStore& store) {
    in_flight_.clear();
    if (!store.begin()) return;
    std::vector<TrackingChange> changes;
    for (std::uint64_t i = 0; i <= random_() % 5; ++i) {
      Tracking tracking = random_() % 3 == 0 ? full_tracking("N" + std::to_string(10000 + random_() % 60))
                                             : example_tracking("N" + std::to_string(10000 + random_() % 60));
      if (in_flight_.contains(tracking.id)) continue;
      tracking.details.title = "version " + std::to_string(random_());
      const auto known = kept_.find(tracking.id);
      const StoredTracking* before = known == kept_.end() ? nullptr : &known->second;
      const StoredTracking after{.tracking = tracking, .deleted = before != nullptr && random_() % 4 == 0};
      changes.push_back({.before = before, .after = after, .schedule = ports::Schedule{}, .unscheduled = false});
      in_flight_[tracking.id] = after;
    }
    if (!store.save(changes) || !store.commit()) {
      store.rollback();
      return;
    }
    for (const auto& [id, after] : in_flight_) kept_[id] = after;
    in_flight_.clear();
  }

  void check() {
    ASSERT_TRUE(migrate(options()));
    auto opened = SqliteTrackingStore::open(options());
    ASSERT_TRUE(opened) << opened.error().detail;
    SqliteTrackingStore& store = **opened;
    // The transaction that the power cut off is there as a whole or not at all.
    bool landed = false;
    for (const auto& [id, after] : in_flight_) landed |= !same(stored(store, id), find(kept_, id));
    if (landed) {
      for (const auto& [id, after] : in_flight_) kept_[id] = after;
    }
    in_flight_.clear();
    for (const auto& [id, expected] : kept_) ASSERT_TRUE(same(stored(store, id), expected)) << id.hex();
    SqliteDatabase& database = store.database();
    EXPECT_EQ(number(database, "SELECT count(*) FROM tracking"), static_cast<std::int64_t>(kept_.size()));
    EXPECT_EQ(number(database, "SELECT ifnull(sum(count), 0) FROM counter"),
              number(database, "SELECT count(*) FROM tracking WHERE deleted = 0"));
    EXPECT_EQ(number(database, "SELECT ifnull(sum(count), 0) FROM fence"),
              number(database, "SELECT count(*) FROM tracking WHERE deleted = 0"));
    Statement statement(database, "PRAGMA integrity_check");
    Query query(statement);
    ASSERT_TRUE(*query.next());
    EXPECT_EQ(query.text(0), "ok");
  }

  static std::optional<StoredTracking> stored(ports::TrackingStore& store, const TrackingId& id) {
    return (*store.load(std::span(&id, 1))).front();
  }

  std::mt19937_64 random_;
  PowerLossDisk disk_;
  Kept kept_;       // what commit() has promised
  Kept in_flight_;  // the transaction that ran when the power failed
};

TEST(PowerLoss, WhatWasCommittedIsThereAfterwards) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    Drill drill(seed);
    for (int round = 0; round < 6 && !testing::Test::HasFatalFailure(); ++round) drill.round();
  }
}

// The drill can fail: the same disk loses what a careless connection has committed.
TEST(PowerLoss, WhatWasNotSyncedIsLost) {
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PowerLossDisk disk(seed);
    const SqliteOptions options{.path = "/drill.db", .vfs = disk.vfs_name()};
    ASSERT_TRUE(migrate(options));
    {
      auto store = SqliteTrackingStore::open(options);
      ASSERT_TRUE((*store)->database().execute("PRAGMA synchronous = OFF"));
      const TrackingChange change{.before = nullptr,
                                  .after = {.tracking = example_tracking("AA11111")},
                                  .schedule = std::nullopt,
                                  .unscheduled = false};
      ASSERT_TRUE((*store)->begin());
      ASSERT_TRUE((*store)->save(std::span(&change, 1)));
      ASSERT_TRUE((*store)->commit());
      disk.fail_after(0);
    }
    disk.cut();
    auto store = SqliteTrackingStore::open(options);
    ASSERT_TRUE(store);
    lost += number((*store)->database(), "SELECT count(*) FROM tracking") == 0;
  }
  EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace parcelwake::store
