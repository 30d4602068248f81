#include "store/sqlite/transit_counts.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"
#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;
using ports::TrackingChange;

// Counts the statements on transit_count that one connection runs.
class TransitCounts : public testing::Test {
 protected:
  TransitCounts() {
    EXPECT_TRUE(migrate(options_for(folder_)));
    store_ = *SqliteTrackingStore::open(options_for(folder_));
    sqlite3_trace_v2(store_->database().handle(), SQLITE_TRACE_STMT, &TransitCounts::note, this);
  }

  // How many statements saving them in one batch takes.
  int statements_to_save(const std::vector<Tracking>& trackings) {
    EXPECT_TRUE(store_->begin());
    std::vector<std::optional<ports::StoredTracking>> befores;
    for (const Tracking& tracking : trackings) {
      befores.push_back((*store_->load(std::span(&tracking.id, 1))).front());
    }
    std::vector<TrackingChange> changes;
    for (std::size_t i = 0; i < trackings.size(); ++i) {
      changes.push_back({.before = befores[i] ? &*befores[i] : nullptr,
                         .after = {.tracking = trackings[i]},
                         .schedule = {},
                         .unscheduled = false});
    }
    statements_ = 0;
    EXPECT_TRUE(store_->save(changes));
    EXPECT_TRUE(store_->commit());
    return statements_;
  }

  TemporaryFolder folder_;
  std::unique_ptr<SqliteTrackingStore> store_;

 private:
  static int note(unsigned, void* self, void*, void* sql) {
    const std::string_view text = static_cast<const char*>(sql);
    if (text.find("transit_count") != std::string_view::npos) ++static_cast<TransitCounts*>(self)->statements_;
    return 0;
  }

  int statements_ = 0;
};

Tracking pending(std::string_view number) {
  Tracking tracking = example_tracking(number);
  tracking.details.destination_code = "DE";
  return tracking;
}

Tracking told(std::string_view number, domain::Status status) {
  Tracking tracking = pending(number);
  tracking.facts.origin_country = "CN";
  tracking.computed_status = status;
  tracking.origin.timeline = domain::Timeline::restored({domain::examples::scan(1, 0), domain::examples::scan(3, 0)});
  return tracking;
}

TEST_F(TransitCounts, APendingTrackingPaysNothing) {
  EXPECT_EQ(statements_to_save({pending("NUM00001"), pending("NUM00002")}), 0);
}

TEST_F(TransitCounts, ABatchPaysForTheNumbersThatChange) {
  using domain::Status;
  EXPECT_EQ(statements_to_save({pending("NUM00001"), pending("NUM00002")}), 0);
  EXPECT_EQ(statements_to_save({told("NUM00001", Status::Transit), told("NUM00002", Status::Transit)}), 1);
  EXPECT_EQ(statements_to_save({told("NUM00001", Status::Pickup), told("NUM00002", Status::Undelivered)}), 0);
  EXPECT_EQ(statements_to_save({told("NUM00001", Status::Delivered), told("NUM00002", Status::Delivered)}), 2);
  EXPECT_EQ(statements_to_save({told("NUM00001", Status::Delivered)}), 0);
}

TEST_F(TransitCounts, ARouteIsOneRangeOfTheKey) {
  Statement statement(store_->database(), std::string("EXPLAIN QUERY PLAN ") + kSelectTransitCounts);
  Query query(statement);
  ASSERT_TRUE(*query.next());
  EXPECT_EQ(query.text(3),
            "SEARCH transit_count USING PRIMARY KEY (account=? AND carrier=? AND origin=? AND destination=?)");
  EXPECT_FALSE(*query.next());
}

}  // namespace
}  // namespace parcelwake::store
