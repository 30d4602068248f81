#include <gtest/gtest.h>

#include <random>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using domain::Status;
using domain::Tracking;
using domain::TrackingId;
using ports::ListFilter;
using ports::Schedule;
using ports::StoredTracking;
using ports::TrackingChange;

// Does the same random things to a store in memory and to one in SQLite, and compares every answer.
class TwoStores {
 public:
  explicit TwoStores(std::uint64_t seed) : random_(seed) {}

  void step() {
    switch (pick(8)) {
      case 0:
      case 1:
      case 2:
        return in_transaction(
            [&](ports::TrackingStore& store, const auto& changes) { return store.save(changes).ok(); }, changes());
      case 3:
        return in_transaction(
            [&](ports::TrackingStore& store, const auto& schedules) { return store.reschedule(schedules).ok(); },
            reschedules());
      case 4:
        return claim(moment(), 1 + pick(5));
      case 5:
        return in_transaction([](ports::TrackingStore& store, Timestamp now) { return store.wake_waiting(now).ok(); },
                              moment());
      default:
        return compare_lists(filter());
    }
  }

  void compare_everything() {
    std::vector<TrackingId> ids;
    std::vector<ports::TrackingKey> keys;
    for (int i = 0; i < kNumbers; ++i) {
      for (const char* carrier : {"ups", "dhl"}) {
        for (std::int64_t account : {1, 2}) {
          const Tracking t = example_tracking(number(i), carrier, account);
          ids.push_back(t.id);
          keys.push_back(key_of(t));
        }
      }
    }
    compare_loaded(*memory().load(ids), *sqlite().load(ids));
    compare_loaded(*memory().load(keys), *sqlite().load(keys));
    const auto a = *memory().schedules(ids);
    const auto b = *sqlite().schedules(ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ASSERT_EQ(a[i].has_value(), b[i].has_value());
      if (a[i]) compare(*a[i], *b[i]);
    }
    EXPECT_EQ(*memory().next_due(), *sqlite().next_due());
  }

 private:
  static constexpr int kNumbers = 12;

  ports::TrackingStore& memory() { return *memory_.trackings; }
  ports::TrackingStore& sqlite() { return *sqlite_.trackings; }
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool coin() { return pick(2) == 0; }
  Timestamp moment() { return minute(pick(20)); }
  std::optional<Timestamp> maybe_moment() { return pick(4) == 0 ? std::optional(moment()) : std::nullopt; }
  static std::string number(int i) { return (i % 2 == 0 ? "num0000" : "NUM0000") + std::to_string(i); }
  Tracking any_tracking() { return example_tracking(number(pick(kNumbers)), coin() ? "ups" : "dhl", 1 + pick(2)); }
  Schedule schedule() {
    return {.due_at = moment(),
            .failures = static_cast<unsigned>(pick(4)),
            .last_asked = maybe_moment(),
            .waiting = coin()};
  }

  std::vector<TrackingChange> changes() {
    std::vector<TrackingChange> made;
    befores_.clear();
    for (int i = pick(5); i >= 0; --i) {
      Tracking t = any_tracking();
      const bool twice =
          std::any_of(made.begin(), made.end(), [&](const auto& c) { return c.after.tracking.id == t.id; });
      if (twice) continue;
      const auto before = (*memory().load(std::span(&t.id, 1))).front();
      t.created_at = before ? before->tracking.created_at : moment();
      t.updated_at = moment();
      t.computed_status = static_cast<Status>(pick(domain::kStatusCount));
      t.computed_substatus.reset();
      if (coin()) t.computed_substatus = coin() ? domain::Substatus::InfoReceived : domain::Substatus::NoInformation;
      if (pick(4) == 0) t.manual_status = static_cast<Status>(pick(domain::kStatusCount));
      t.archived = coin();
      if (coin()) t.details.order_id = "order " + std::to_string(pick(4));
      t.details.order_time = maybe_moment();
      const bool courier_change = before && pick(6) == 0;
      if (courier_change) t.carrier = domain::CarrierCode::trusted(t.carrier.text() == "ups" ? "dhl" : "ups");
      befores_.push_back(std::make_unique<std::optional<StoredTracking>>(before));
      made.push_back({.before = before ? &**befores_.back() : nullptr,
                      .after = {.tracking = t, .deleted = before && pick(4) == 0},
                      .schedule = coin() ? std::optional(schedule()) : std::nullopt,
                      .unscheduled = pick(5) == 0});
    }
    return made;
  }

  std::vector<std::pair<TrackingId, Schedule>> reschedules() {
    std::vector<std::pair<TrackingId, Schedule>> made;
    for (int i = pick(4); i >= 0; --i) made.emplace_back(any_tracking().id, schedule());
    return made;
  }

  ListFilter filter() {
    ListFilter made;
    made.account.value = 1 + pick(2);
    if (pick(3) == 0) made.status = static_cast<Status>(pick(domain::kStatusCount));
    if (pick(4) == 0) made.other_status = static_cast<Status>(pick(domain::kStatusCount));
    if (pick(6) == 0) {
      made.status = Status::NotFound;
      made.other_status.reset();
      made.announced = coin();
    }
    if (pick(3) == 0) made.archived = coin();
    if (pick(4) == 0) made.carrier = domain::CarrierCode::trusted(coin() ? "ups" : "dhl");
    made.created_min = maybe_moment();
    made.created_max = maybe_moment();
    made.updated_min = maybe_moment();
    made.updated_max = maybe_moment();
    made.ordered_min = maybe_moment();
    made.ordered_max = maybe_moment();
    for (int i = pick(3) == 0 ? 3 : 0; i > 0; --i) {
      made.folded_numbers.push_back(any_tracking().number.folded());
    }
    for (int i = pick(3) == 0 ? 2 : 0; i > 0; --i) made.order_ids.push_back("order " + std::to_string(pick(4)));
    return made;
  }

  // Both must do it or both refuse it; what is refused, and now and then what is done, is rolled back.
  template <class Deed, class Argument>
  void in_transaction(Deed deed, const Argument& argument) {
    const bool keep = pick(5) != 0;
    bool done[2];
    for (ports::TrackingStore* store : {&memory(), &sqlite()}) {
      ASSERT_TRUE(store->begin());
      bool& mine = done[store == &sqlite()];
      mine = deed(*store, argument);
      if (mine && keep) {
        ASSERT_TRUE(store->commit());
      } else {
        store->rollback();
      }
    }
    EXPECT_EQ(done[0], done[1]);
  }

  void claim(Timestamp now, int limit) {
    std::vector<ports::DueTracking> claimed[2];
    in_transaction(
        [&](ports::TrackingStore& store, Timestamp at) {
          auto due = store.claim_due(at, at + std::chrono::minutes{5}, static_cast<std::size_t>(limit));
          if (due) claimed[&store == &sqlite()] = std::move(*due);
          return due.ok();
        },
        now);
    ASSERT_EQ(claimed[0].size(), claimed[1].size());
    for (std::size_t i = 0; i < claimed[0].size(); ++i) {
      EXPECT_EQ(claimed[0][i].tracking, claimed[1][i].tracking);
      compare(claimed[0][i].schedule, claimed[1][i].schedule);
    }
  }

  void compare_lists(const ListFilter& wanted) {
    const std::int64_t offset = pick(8);
    const std::int64_t limit = pick(6);
    const auto a = *memory().list(wanted, offset, limit);
    const auto b = *sqlite().list(wanted, offset, limit);
    EXPECT_EQ(a.total, b.total);
    EXPECT_EQ(a.trackings, b.trackings);
    const ports::CountFilter counted{.account = wanted.account,
                                     .created_min = wanted.created_min,
                                     .created_max = wanted.created_max,
                                     .ordered_min = wanted.ordered_min,
                                     .ordered_max = wanted.ordered_max};
    EXPECT_EQ(*memory().count_by_status(counted), *sqlite().count_by_status(counted));
  }

  static void compare(const Schedule& a, const Schedule& b) {
    EXPECT_EQ(a.due_at, b.due_at);
    EXPECT_EQ(a.failures, b.failures);
    EXPECT_EQ(a.last_asked, b.last_asked);
    EXPECT_EQ(a.waiting, b.waiting);
  }

  static void compare_loaded(const std::vector<std::optional<StoredTracking>>& a,
                             const std::vector<std::optional<StoredTracking>>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      ASSERT_EQ(a[i].has_value(), b[i].has_value());
      if (!a[i]) continue;
      EXPECT_EQ(a[i]->deleted, b[i]->deleted);
      EXPECT_EQ(a[i]->tracking, b[i]->tracking);
    }
  }

  std::mt19937_64 random_;
  MemoryStores memory_;
  // Fences so short that they are split and emptied all the time.
  SqliteStores sqlite_{.rows_per_fence = 3};
  std::vector<std::unique_ptr<std::optional<StoredTracking>>> befores_;  // what the changes point to
};

TEST(RandomOperations, BothStoresAnswerAlike) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    TwoStores stores(seed);
    for (int i = 0; i < 200 && !testing::Test::HasFailure(); ++i) stores.step();
    stores.compare_everything();
  }
}

}  // namespace
}  // namespace parcelwake::store
