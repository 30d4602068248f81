#include <gtest/gtest.h>

#include <algorithm>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"

namespace parcelwake::store {
namespace {

using domain::Status;
using domain::Substatus;
using domain::Tracking;
using domain::TrackingId;
using ports::ListFilter;
using ports::ListPage;
using ports::Schedule;
using ports::StoredTracking;
using ports::TrackingChange;

TrackingChange fresh(const Tracking& tracking, std::optional<Schedule> schedule = std::nullopt) {
  return {.before = nullptr, .after = {.tracking = tracking}, .schedule = schedule, .unscheduled = false};
}

// Remembers the states of rows, and takes only those whose state is new to it.
class Remembering final : public ports::ListSink {
 public:
  void begin(std::int64_t, std::int64_t rows) override { told = rows; }
  bool knows(const ports::RowState& state) override {
    ++asked;
    if (std::find(states_.begin(), states_.end(), state) != states_.end()) return true;
    states_.push_back(state);
    return false;
  }
  void take(Tracking&& tracking) override { taken.push_back(tracking.number.text()); }

  std::int64_t told = 0;
  std::int64_t asked = 0;
  std::vector<std::string> taken;

 private:
  std::vector<ports::RowState> states_;
};

// What every tracking store promises, in the port's own words.
template <class Stores>
class TrackingStoreContract : public testing::Test {
 protected:
  ports::TrackingStore& store() { return *stores_.trackings; }

  void save(const std::vector<TrackingChange>& changes) {
    ASSERT_TRUE(store().begin());
    ASSERT_TRUE(store().save(changes));
    ASSERT_TRUE(store().commit());
  }
  void add(const Tracking& tracking, std::optional<Schedule> schedule = std::nullopt) {
    save({fresh(tracking, schedule)});
  }
  // Changes what is there; `deleted` makes it a tombstone.
  void change(const Tracking& tracking, bool deleted = false, std::optional<Schedule> schedule = std::nullopt,
              bool unscheduled = false) {
    const auto before = load(tracking.id);
    ASSERT_TRUE(before);
    save({{.before = &*before,
           .after = {.tracking = tracking, .deleted = deleted},
           .schedule = schedule,
           .unscheduled = unscheduled}});
  }

  std::optional<StoredTracking> load(const TrackingId& id) { return (*store().load(std::span(&id, 1))).front(); }
  std::optional<StoredTracking> load(const ports::TrackingKey& key) {
    return (*store().load(std::span(&key, 1))).front();
  }
  std::optional<Schedule> schedule_of(const Tracking& tracking) {
    return (*store().schedules(std::span(&tracking.id, 1))).front();
  }

  ListPage list(const ListFilter& filter, std::int64_t offset = 0, std::int64_t limit = 100) {
    auto page = store().list(filter, offset, limit);
    EXPECT_TRUE(page);
    return page ? std::move(*page) : ListPage{};
  }
  std::vector<std::string> numbers(const ListFilter& filter, std::int64_t offset = 0, std::int64_t limit = 100) {
    std::vector<std::string> all;
    for (const Tracking& t : list(filter, offset, limit).trackings) all.push_back(t.number.text());
    return all;
  }
  std::int64_t total(const ListFilter& filter) { return list(filter, 0, 0).total; }

  std::vector<std::string> claim(Timestamp now, Timestamp lease_until, std::size_t limit = 100) {
    EXPECT_TRUE(store().begin());
    const auto due = store().claim_due(now, lease_until, limit);
    EXPECT_TRUE(due);
    EXPECT_TRUE(store().commit());
    std::vector<std::string> all;
    for (const auto& each : *due) all.push_back(each.tracking.number.text());
    return all;
  }

  static ListFilter of(std::int64_t account) {
    ListFilter filter;
    filter.account.value = account;
    return filter;
  }
  static Schedule due_at(Timestamp at) { return {.due_at = at, .failures = 0, .last_asked = std::nullopt}; }

 private:
  Stores stores_;
};

using Numbers = std::vector<std::string>;
TYPED_TEST_SUITE(TrackingStoreContract, AllStores);

TYPED_TEST(TrackingStoreContract, NothingIsThereAtFirst) {
  const Tracking t = example_tracking("AA11111");
  EXPECT_FALSE(this->load(t.id));
  EXPECT_FALSE(this->load(key_of(t)));
  EXPECT_EQ(this->total(this->of(1)), 0);
  EXPECT_FALSE(*this->store().next_due());
}

TYPED_TEST(TrackingStoreContract, WhatWasSavedIsLoadedByKeyAndById) {
  const Tracking full = full_tracking("EA123456785CN");
  const Tracking bare = example_tracking("BB22222");
  this->save({fresh(full), fresh(bare)});
  const std::vector<ports::TrackingKey> keys = {key_of(bare), key_of(example_tracking("CC33333")), key_of(full)};
  const auto loaded = *this->store().load(keys);
  ASSERT_EQ(loaded.size(), 3u);
  EXPECT_EQ(loaded[0]->tracking, bare);
  EXPECT_FALSE(loaded[1]);
  EXPECT_EQ(loaded[2]->tracking, full);
  EXPECT_EQ(this->load(full.id)->tracking, full);
  EXPECT_EQ(this->list(this->of(1)).trackings, (std::vector{bare, full}));
}

TYPED_TEST(TrackingStoreContract, AnIdNeedNotBeginWithTheBucket) {
  Tracking t = example_tracking("AA11111");
  t.id = *TrackingId::parse("ffffffffffffffffffffffffffffffff");
  this->add(t, this->due_at(minute(0)));
  EXPECT_EQ(this->load(t.id)->tracking, t);
  EXPECT_EQ(this->load(key_of(t))->tracking, t);
  EXPECT_EQ(this->schedule_of(t)->due_at, minute(0));
  this->change(t, true);
  EXPECT_TRUE(this->load(t.id)->deleted);
}

TYPED_TEST(TrackingStoreContract, AnIdTwiceIsRefusedAndHarmsNothing) {
  const Tracking first = example_tracking("AA11111");
  this->add(first);
  Tracking second = example_tracking("BB22222");
  second.id = first.id;
  ASSERT_TRUE(this->store().begin());
  const TrackingChange change = fresh(second);
  EXPECT_FALSE(this->store().save(std::span(&change, 1)));
  this->store().rollback();
  EXPECT_EQ(this->load(first.id)->tracking, first);
  EXPECT_EQ(this->total(this->of(1)), 1);
}

TYPED_TEST(TrackingStoreContract, ANumberKeepsItsSpellingAndIsFoundFolded) {
  const Tracking t = example_tracking("aBc12345");
  this->add(t);
  auto key = key_of(t);
  EXPECT_EQ(key.folded_number, "ABC12345");
  EXPECT_EQ(this->load(key)->tracking.number.text(), "aBc12345");
  ListFilter filter = this->of(1);
  filter.folded_numbers = {"ABC12345"};
  EXPECT_EQ(this->numbers(filter), Numbers{"aBc12345"});
}

TYPED_TEST(TrackingStoreContract, TheSameKeyTwiceIsRefusedAndHarmsNothing) {
  const Tracking first = example_tracking("AA11111");
  this->add(first);
  Tracking twin = example_tracking("aa11111");
  twin.id = TrackingId::make(twin.bucket(), minute(1), 42);
  ASSERT_TRUE(this->store().begin());
  const TrackingChange change = fresh(twin);
  EXPECT_FALSE(this->store().save(std::span(&change, 1)));
  this->store().rollback();
  EXPECT_EQ(this->load(key_of(first))->tracking, first);
  EXPECT_EQ(this->total(this->of(1)), 1);
}

TYPED_TEST(TrackingStoreContract, AChangeOfWhatIsNotThereIsRefused) {
  const Tracking absent = example_tracking("AA11111");
  const StoredTracking before{.tracking = absent};
  const TrackingChange change{
      .before = &before, .after = {.tracking = absent}, .schedule = std::nullopt, .unscheduled = false};
  ASSERT_TRUE(this->store().begin());
  EXPECT_FALSE(this->store().save(std::span(&change, 1)));
  this->store().rollback();
}

TYPED_TEST(TrackingStoreContract, WritesWantATransaction) {
  const Tracking t = example_tracking("AA11111");
  const TrackingChange change = fresh(t);
  EXPECT_FALSE(this->store().save(std::span(&change, 1)));
  EXPECT_FALSE(this->store().claim_due(minute(0), minute(1), 1));
  EXPECT_FALSE(this->load(t.id));
}

TYPED_TEST(TrackingStoreContract, ACourierChangeKeepsTheIdAndFreesTheOldKey) {
  const Tracking t = example_tracking("AA11111", "ups");
  this->add(t);
  Tracking changed = t;
  changed.carrier = domain::CarrierCode::trusted("dhl");
  this->change(changed);
  EXPECT_FALSE(this->load(key_of(t)));
  EXPECT_EQ(this->load(key_of(changed))->tracking, changed);
  EXPECT_EQ(this->load(t.id)->tracking, changed);
}

TYPED_TEST(TrackingStoreContract, ACourierChangePushesATombstoneAside) {
  const Tracking gone = example_tracking("AA11111", "dhl");
  this->add(gone);
  this->change(gone, true);
  Tracking t = example_tracking("AA11111", "ups");
  this->add(t);
  t.carrier = gone.carrier;
  this->change(t);
  EXPECT_EQ(this->load(key_of(gone))->tracking, t);
  EXPECT_FALSE(this->load(gone.id));
}

TYPED_TEST(TrackingStoreContract, ADeletedOneIsATombstoneThatReadersDoNotSee) {
  const Tracking t = full_tracking("EA123456785CN");
  this->add(t, this->due_at(minute(0)));
  this->change(t, true);
  const auto tombstone = this->load(key_of(t));
  ASSERT_TRUE(tombstone);
  EXPECT_TRUE(tombstone->deleted);
  EXPECT_EQ(tombstone->tracking.id, t.id);
  EXPECT_EQ(tombstone->tracking.created_at, t.created_at);
  EXPECT_EQ(tombstone->tracking.details, domain::Details{});
  EXPECT_TRUE(tombstone->tracking.origin.timeline.empty());
  EXPECT_EQ(this->total(this->of(1)), 0);
  EXPECT_EQ(this->numbers(this->of(1)), Numbers{});
  ListFilter filter = this->of(1);
  filter.folded_numbers = {t.number.folded()};
  EXPECT_EQ(this->total(filter), 0);
  EXPECT_EQ(this->claim(minute(10), minute(20)), Numbers{});
}

TYPED_TEST(TrackingStoreContract, ARevivedOneHasItsIdAndIsListedAgain) {
  Tracking t = example_tracking("AA11111");
  this->add(t);
  this->change(t, true);
  t.details.title = "again";
  this->change(t, false, this->due_at(minute(0)));
  EXPECT_EQ(this->load(key_of(t))->tracking, t);
  EXPECT_FALSE(this->load(t.id)->deleted);
  EXPECT_EQ(this->total(this->of(1)), 1);
  EXPECT_EQ(this->claim(minute(10), minute(20)), Numbers{"AA11111"});
}

TYPED_TEST(TrackingStoreContract, AListRunsFromTheNewestAndOfOneMomentFromTheLastAdded) {
  for (const char* number : {"N00001", "N00002", "N00003"}) this->add(example_tracking(number));
  Tracking older = example_tracking("N00004");
  older.created_at = minute(-5);
  this->add(older);
  Tracking newer = example_tracking("N00005");
  newer.created_at = minute(5);
  this->add(newer);
  EXPECT_EQ(this->numbers(this->of(1)), (Numbers{"N00005", "N00003", "N00002", "N00001", "N00004"}));
}

TYPED_TEST(TrackingStoreContract, PagesTouchEachOtherAndEndWhereTheListEnds) {
  for (int i = 0; i < 23; ++i) {
    Tracking t = example_tracking("N" + std::to_string(10000 + i));
    t.created_at = minute(i / 2);
    this->add(t);
  }
  const Numbers all = this->numbers(this->of(1));
  ASSERT_EQ(all.size(), 23u);
  for (const std::int64_t limit : {1, 4, 7, 23, 50}) {
    Numbers paged;
    for (std::int64_t offset = 0; offset < 30; offset += limit) {
      const ListPage page = this->list(this->of(1), offset, limit);
      EXPECT_EQ(page.total, 23);
      EXPECT_LE(page.trackings.size(), static_cast<std::size_t>(limit));
      for (const Tracking& t : page.trackings) paged.push_back(t.number.text());
    }
    EXPECT_EQ(paged, all) << limit;
  }
  EXPECT_TRUE(this->list(this->of(1), 23, 5).trackings.empty());
  EXPECT_TRUE(this->list(this->of(1), INT64_MAX, INT64_MAX).trackings.empty());
  EXPECT_EQ(this->numbers(this->of(1), 0, INT64_MAX), all);
}

TYPED_TEST(TrackingStoreContract, ASinkIsHandedTheRowsWhoseStatesItDoesNotKnow) {
  Numbers newest_first;
  for (int i = 0; i < 9; ++i) {
    Tracking t = example_tracking("N" + std::to_string(10000 + i));
    t.created_at = minute(i / 2);
    this->add(t);
    newest_first.insert(newest_first.begin(), t.number.text());
  }
  ListFilter looked_up = this->of(1);
  looked_up.folded_numbers = {"N10003", "N10005"};
  ListFilter scanned = this->of(1);
  scanned.archived = false;
  Remembering sink;
  const auto read = [&](const ListFilter& filter, std::int64_t offset = 0, std::int64_t limit = 100) {
    sink.asked = 0;
    sink.taken.clear();
    ASSERT_TRUE(this->store().read_list(filter, offset, limit, sink));
    ASSERT_EQ(sink.asked, sink.told);
  };
  read(this->of(1), 1, 3);
  EXPECT_EQ(sink.taken, Numbers(newest_first.begin() + 1, newest_first.begin() + 4));
  read(this->of(1), 6, 3);
  EXPECT_EQ(sink.taken, Numbers(newest_first.begin() + 6, newest_first.end()));
  read(scanned);
  EXPECT_EQ(sink.taken, (Numbers{newest_first[0], newest_first[4], newest_first[5]}));
  for (const ListFilter& filter : {this->of(1), scanned, looked_up}) {
    read(filter);
    EXPECT_TRUE(sink.taken.empty());
    EXPECT_GT(sink.asked, 0);
  }
  Tracking changed = example_tracking("N10003");
  changed.created_at = minute(1);
  changed.updated_at += Timestamp::duration{1};
  this->change(changed);
  for (const ListFilter& filter : {looked_up, this->of(1)}) {
    read(filter);
    EXPECT_EQ(sink.taken, (filter.folded_numbers.empty() ? Numbers{} : Numbers{"N10003"}));
  }
}

TYPED_TEST(TrackingStoreContract, OneTrackingIsToldLikeTheRowOfAPage) {
  const Tracking one = example_tracking("N10001");
  const Tracking other = example_tracking("N10002");
  this->add(one);
  this->add(other);
  Remembering sink;
  const auto read = [&](const Tracking& t) {
    sink.asked = 0;
    sink.taken.clear();
    ASSERT_TRUE(this->store().read_one(key_of(t), sink));
    ASSERT_EQ(sink.asked, sink.told);
  };
  read(one);
  EXPECT_EQ(sink.taken, Numbers{"N10001"});
  read(other);
  EXPECT_EQ(sink.taken, Numbers{"N10002"});
  // In the states in which a page tells them.
  ASSERT_TRUE(this->store().read_list(this->of(1), 0, 10, sink));
  EXPECT_EQ(sink.told, 2);
  EXPECT_EQ(sink.taken, Numbers{"N10002"});
  read(one);
  EXPECT_EQ(sink.told, 1);
  EXPECT_TRUE(sink.taken.empty());
  Tracking changed = one;
  changed.updated_at += Timestamp::duration{1};
  this->change(changed);
  read(one);
  EXPECT_EQ(sink.taken, Numbers{"N10001"});
  this->change(changed, true);
  read(one);
  EXPECT_EQ(sink.told, 0);
  read(example_tracking("N10003"));
  EXPECT_EQ(sink.told, 0);
}

TYPED_TEST(TrackingStoreContract, EveryFilterAloneAndCombined) {
  Tracking a = example_tracking("A00001");
  a.created_at = minute(1);
  a.updated_at = minute(10);
  a.details.order_id = "o1";
  a.details.order_time = minute(-10);
  Tracking b = example_tracking("B00002");
  b.created_at = minute(2);
  b.updated_at = minute(8);
  b.computed_status = Status::Transit;
  b.details.order_id = "o1";
  Tracking c = example_tracking("C00003");
  c.created_at = minute(3);
  c.updated_at = minute(6);
  c.computed_status = Status::Transit;
  c.archived = true;
  c.details.order_time = minute(-5);
  Tracking d = example_tracking("D00004");
  d.created_at = minute(4);
  d.updated_at = minute(4);
  d.computed_status = Status::Transit;
  d.manual_status = Status::Delivered;
  d.details.order_id = "o2";
  for (const Tracking& t : {a, b, c, d}) this->add(t);

  const auto expect = [&](const char* what, auto set, const Numbers& expected) {
    ListFilter filter = this->of(1);
    set(filter);
    EXPECT_EQ(this->numbers(filter), expected) << what;
    EXPECT_EQ(this->total(filter), static_cast<std::int64_t>(expected.size())) << what;
  };
  expect("status", [](auto& f) { f.status = Status::Transit; }, {"C00003", "B00002"});
  expect("the customer's status", [](auto& f) { f.status = Status::Delivered; }, {"D00004"});
  expect("either of two statuses",
         [](auto& f) {
           f.status = Status::Transit;
           f.other_status = Status::Delivered;
         },
         {"D00004", "C00003", "B00002"});
  expect("either of two statuses, created, numbers",
         [](auto& f) {
           f.status = Status::Delivered;
           f.other_status = Status::Pending;
           f.created_max = minute(3);
           f.folded_numbers = {"A00001", "B00002", "D00004"};
         },
         {"A00001"});
  expect("either of two statuses, updated",
         [](auto& f) {
           f.status = Status::Delivered;
           f.other_status = Status::Transit;
           f.updated_max = minute(6);
         },
         {"D00004", "C00003"});
  expect("archived", [](auto& f) { f.archived = true; }, {"C00003"});
  expect("not archived", [](auto& f) { f.archived = false; }, {"D00004", "B00002", "A00001"});
  expect("created from", [](auto& f) { f.created_min = minute(3); }, {"D00004", "C00003"});
  expect("created to", [](auto& f) { f.created_max = minute(3); }, {"C00003", "B00002", "A00001"});
  expect("updated from", [](auto& f) { f.updated_min = minute(8); }, {"B00002", "A00001"});
  expect("updated to", [](auto& f) { f.updated_max = minute(6); }, {"D00004", "C00003"});
  expect("ordered from", [](auto& f) { f.ordered_min = minute(-5); }, {"C00003"});
  expect("ordered to", [](auto& f) { f.ordered_max = minute(-5); }, {"C00003", "A00001"});
  expect("numbers", [](auto& f) { f.folded_numbers = {"D00004", "A00001", "A00001", "X"}; }, {"D00004", "A00001"});
  expect("order ids", [](auto& f) { f.order_ids = {"o1", "nope"}; }, {"B00002", "A00001"});
  expect("status, archived",
         [](auto& f) {
           f.status = Status::Transit;
           f.archived = false;
         },
         {"B00002"});
  expect("status, created, updated",
         [](auto& f) {
           f.status = Status::Transit;
           f.created_min = minute(2);
           f.created_max = minute(3);
           f.updated_min = minute(7);
         },
         {"B00002"});
  expect("numbers, status, times",
         [](auto& f) {
           f.folded_numbers = {"A00001", "B00002", "C00003"};
           f.status = Status::Transit;
           f.ordered_min = minute(-20);
         },
         {"C00003"});
  expect("numbers, order ids",
         [](auto& f) {
           f.folded_numbers = {"A00001", "C00003"};
           f.order_ids = {"o1"};
           f.archived = false;
         },
         {"A00001"});
}

TYPED_TEST(TrackingStoreContract, ListsByCarrierAndByWhetherTheSenderAnnouncedIt) {
  Tracking announced = example_tracking("A00001", "usps");
  announced.computed_status = Status::NotFound;
  announced.computed_substatus = Substatus::InfoReceived;
  Tracking unknown = example_tracking("B00002", "ups");
  unknown.computed_status = Status::NotFound;
  unknown.computed_substatus = Substatus::NoInformation;
  const Tracking pending = example_tracking("C00003", "ups");
  for (const Tracking& t : {announced, unknown, pending}) this->add(t);

  ListFilter of_ups = this->of(1);
  of_ups.carrier = domain::CarrierCode::trusted("ups");
  EXPECT_EQ(this->total(of_ups), 2);
  of_ups.status = Status::NotFound;
  EXPECT_EQ(this->numbers(of_ups), Numbers{"B00002"});
  of_ups.folded_numbers = {"A00001", "B00002", "C00003"};
  EXPECT_EQ(this->numbers(of_ups), Numbers{"B00002"});

  ListFilter not_found = this->of(1);
  not_found.status = Status::NotFound;
  EXPECT_EQ(this->total(not_found), 2);
  for (const Numbers& looked_up : {Numbers{}, Numbers{"A00001", "B00002", "C00003"}}) {
    not_found.folded_numbers = looked_up;
    not_found.announced = true;
    EXPECT_EQ(this->numbers(not_found), Numbers{"A00001"});
    EXPECT_EQ(this->total(not_found), 1);
    not_found.announced = false;
    EXPECT_EQ(this->numbers(not_found), Numbers{"B00002"});
  }

  // The carrier has it now, and the customer says something else of the other.
  announced.computed_status = Status::Transit;
  announced.computed_substatus = Substatus::InTransit;
  unknown.computed_substatus = Substatus::InfoReceived;
  unknown.manual_status = Status::Exception;
  this->change(announced);
  this->change(unknown);
  not_found.announced = true;
  EXPECT_EQ(this->total(not_found), 0);
  unknown.manual_status.reset();
  this->change(unknown);
  EXPECT_EQ(this->numbers(not_found), Numbers{"B00002"});
}

TYPED_TEST(TrackingStoreContract, CountersFollowEveryChange) {
  Tracking t = example_tracking("A00001");
  this->add(t);
  ListFilter transit = this->of(1);
  transit.status = Status::Transit;
  ListFilter archived = this->of(1);
  archived.archived = true;
  EXPECT_EQ(this->total(transit), 0);
  t.computed_status = Status::Transit;
  this->change(t);
  EXPECT_EQ(this->total(transit), 1);
  t.archived = true;
  this->change(t);
  EXPECT_EQ(this->total(archived), 1);
  transit.archived = false;
  EXPECT_EQ(this->total(transit), 0);
  this->change(t, true);
  EXPECT_EQ(this->total(archived), 0);
  EXPECT_EQ(this->total(this->of(1)), 0);
  this->change(t, true);
  EXPECT_EQ(this->total(this->of(1)), 0);
}

TYPED_TEST(TrackingStoreContract, CountsByStatusHoldAllEightWithinTheirBounds) {
  Tracking a = example_tracking("A00001");
  a.created_at = minute(1);
  a.details.order_time = minute(-10);
  Tracking b = example_tracking("B00002");
  b.created_at = minute(2);
  b.computed_status = Status::Transit;
  b.archived = true;
  Tracking c = example_tracking("C00003");
  c.created_at = minute(3);
  c.computed_status = Status::Transit;
  c.details.order_time = minute(-5);
  Tracking d = example_tracking("D00004");
  d.created_at = minute(4);
  d.computed_status = Status::Transit;
  d.manual_status = Status::Delivered;
  Tracking gone = example_tracking("E00005");
  for (const Tracking& t : {a, b, c, d, gone, example_tracking("F00006", "ups", 2)}) this->add(t);
  this->change(gone, true);

  const auto expect = [&](auto set, std::int64_t pending, std::int64_t transit, std::int64_t delivered) {
    ports::CountFilter filter;
    filter.account.value = 1;
    set(filter);
    ports::StatusCounts expected{};
    expected[static_cast<std::size_t>(Status::Pending)] = pending;
    expected[static_cast<std::size_t>(Status::Transit)] = transit;
    expected[static_cast<std::size_t>(Status::Delivered)] = delivered;
    const auto counts = this->store().count_by_status(filter);
    ASSERT_TRUE(counts);
    EXPECT_EQ(*counts, expected);
  };
  expect([](auto&) {}, 1, 2, 1);
  expect([](auto& f) { f.created_min = minute(2); }, 0, 2, 1);
  expect([](auto& f) { f.created_max = minute(2); }, 1, 1, 0);
  expect([](auto& f) { f.ordered_min = minute(-5); }, 0, 1, 0);
  expect([](auto& f) { f.ordered_max = minute(-5); }, 1, 1, 0);
  expect(
      [](auto& f) {
        f.created_max = minute(3);
        f.ordered_max = minute(-6);
      },
      1, 0, 0);
  expect([](auto& f) { f.account.value = 3; }, 0, 0, 0);
}

TYPED_TEST(TrackingStoreContract, TwoAccountsNeverSeeEachOther) {
  const Tracking mine = example_tracking("A00001", "ups", 1);
  const Tracking yours = example_tracking("A00001", "ups", 2);
  this->add(mine);
  this->add(yours);
  EXPECT_EQ(this->load(key_of(mine))->tracking.id, mine.id);
  EXPECT_EQ(this->load(key_of(yours))->tracking.id, yours.id);
  EXPECT_EQ(this->list(this->of(1)).trackings, std::vector{mine});
  EXPECT_EQ(this->total(this->of(3)), 0);
  ListFilter filter = this->of(2);
  filter.folded_numbers = {"A00001"};
  EXPECT_EQ(this->list(filter).trackings, std::vector{yours});
}

TYPED_TEST(TrackingStoreContract, ARollbackLeavesNothing) {
  const Tracking kept = example_tracking("A00001");
  this->add(kept, this->due_at(minute(0)));
  Tracking changed = kept;
  changed.computed_status = Status::Delivered;
  const auto before = this->load(kept.id);
  ASSERT_TRUE(this->store().begin());
  const std::vector<TrackingChange> changes = {
      {.before = &*before, .after = {.tracking = changed}, .schedule = std::nullopt, .unscheduled = true},
      fresh(example_tracking("B00002"))};
  ASSERT_TRUE(this->store().save(changes));
  EXPECT_EQ(this->load(kept.id)->tracking, changed);
  EXPECT_EQ(this->total(this->of(1)), 2);
  this->store().rollback();
  EXPECT_EQ(this->list(this->of(1)).trackings, std::vector{kept});
  EXPECT_EQ(this->total(this->of(1)), 1);
  EXPECT_FALSE(this->load(key_of(example_tracking("B00002"))));
  EXPECT_EQ(*this->store().next_due(), minute(0));
}

TYPED_TEST(TrackingStoreContract, DueOnesComeSoonestFirstAndAreLeased) {
  this->add(example_tracking("A00001"), this->due_at(minute(3)));
  this->add(example_tracking("B00002"), this->due_at(minute(1)));
  this->add(example_tracking("C00003"), this->due_at(minute(2)));
  this->add(example_tracking("D00004"), this->due_at(minute(9)));
  this->add(example_tracking("E00005"));
  EXPECT_EQ(*this->store().next_due(), minute(1));
  EXPECT_EQ(this->claim(minute(5), minute(30), 2), (Numbers{"B00002", "C00003"}));
  EXPECT_EQ(this->claim(minute(5), minute(30), 2), (Numbers{"A00001"}));
  EXPECT_EQ(this->claim(minute(5), minute(30), 2), Numbers{});
  EXPECT_EQ(*this->store().next_due(), minute(9));
  EXPECT_EQ(this->claim(minute(30), minute(60)).size(), 4u);
}

TYPED_TEST(TrackingStoreContract, AClaimTellsTheWholeTrackingAndItsSchedule) {
  const Tracking t = full_tracking("EA123456785CN");
  const Schedule schedule{.due_at = minute(1), .failures = 4, .last_asked = minute(-9), .waiting = true};
  this->add(t, schedule);
  ASSERT_TRUE(this->store().begin());
  const auto due = *this->store().claim_due(minute(1), minute(2), 10);
  ASSERT_TRUE(this->store().commit());
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].tracking, t);
  EXPECT_EQ(due[0].schedule.due_at, minute(1));
  EXPECT_EQ(due[0].schedule.failures, 4u);
  EXPECT_EQ(due[0].schedule.last_asked, minute(-9));
  EXPECT_TRUE(due[0].schedule.waiting);
  const auto leased = this->schedule_of(t);
  EXPECT_EQ(leased->due_at, minute(2));
  EXPECT_EQ(leased->failures, 4u);
  EXPECT_EQ(leased->last_asked, minute(-9));
  EXPECT_TRUE(leased->waiting);
}

TYPED_TEST(TrackingStoreContract, ASaveMovesKeepsOrEndsTheSchedule) {
  Tracking t = example_tracking("A00001");
  this->add(t, this->due_at(minute(1)));
  t.details.title = "new";
  this->change(t);
  EXPECT_EQ(*this->store().next_due(), minute(1));
  this->change(t, false, this->due_at(minute(7)));
  EXPECT_EQ(*this->store().next_due(), minute(7));
  this->change(t, false, std::nullopt, true);
  EXPECT_FALSE(*this->store().next_due());
  EXPECT_FALSE(this->schedule_of(t));
}

TYPED_TEST(TrackingStoreContract, RescheduleReachesLivingTrackingsOnly) {
  const Tracking scheduled = example_tracking("A00001");
  const Tracking idle = example_tracking("B00002");
  const Tracking gone = example_tracking("C00003");
  this->add(scheduled, this->due_at(minute(1)));
  this->add(idle);
  this->add(gone, this->due_at(minute(1)));
  this->change(gone, true);
  const Schedule next{.due_at = minute(50), .failures = 0, .last_asked = minute(5)};
  const std::vector<std::pair<TrackingId, Schedule>> schedules = {
      {scheduled.id, next}, {idle.id, next}, {gone.id, next}, {example_tracking("X00000").id, next}};
  ASSERT_TRUE(this->store().begin());
  ASSERT_TRUE(this->store().reschedule(schedules));
  ASSERT_TRUE(this->store().commit());
  EXPECT_EQ(this->schedule_of(scheduled)->last_asked, minute(5));
  EXPECT_EQ(this->schedule_of(idle)->last_asked, minute(5));
  EXPECT_FALSE(this->schedule_of(gone));
  EXPECT_EQ(this->claim(minute(49), minute(99)), Numbers{});
  EXPECT_EQ(this->claim(minute(50), minute(99)), (Numbers{"A00001", "B00002"}));
}

TYPED_TEST(TrackingStoreContract, WakingReachesTheWaitingOnly) {
  const auto waiting_until = [](Timestamp at) {
    return Schedule{.due_at = at, .failures = 0, .last_asked = std::nullopt, .waiting = true};
  };
  this->add(example_tracking("A00001"), waiting_until(minute(100)));
  this->add(example_tracking("B00002"), this->due_at(minute(100)));
  this->add(example_tracking("C00003"), waiting_until(minute(2)));
  ASSERT_TRUE(this->store().begin());
  ASSERT_TRUE(this->store().wake_waiting(minute(10)));
  ASSERT_TRUE(this->store().commit());
  EXPECT_EQ(this->claim(minute(10), minute(200)), (Numbers{"C00003", "A00001"}));
}

TYPED_TEST(TrackingStoreContract, OldestFirstTellsTheLivingOnesOfTheAccountInTheOrderOfAdding) {
  const auto created = [](std::string_view number, Timestamp at, std::int64_t account = 1) {
    Tracking tracking = example_tracking(number, "ups", account);
    tracking.created_at = at;
    return tracking;
  };
  this->add(created("C00003", minute(5)));
  this->add(created("A00001", minute(5)));
  this->add(created("B00002", minute(1)));
  this->add(created("D00004", minute(7)));
  this->add(created("E00005", minute(6), 2));
  this->change(created("D00004", minute(7)), true);
  const auto told = [&](Timestamp since) {
    Numbers numbers;
    EXPECT_TRUE(this->store().read_oldest_first({1}, since, [&](const Tracking& tracking) {
      numbers.push_back(tracking.number.text());
      EXPECT_EQ(tracking, this->load(tracking.id)->tracking);
    }));
    return numbers;
  };
  EXPECT_EQ(told(minute(0)), (Numbers{"B00002", "C00003", "A00001"}));
  EXPECT_EQ(told(minute(5)), (Numbers{"C00003", "A00001"}));
  EXPECT_EQ(told(minute(6)), Numbers{});
}

}  // namespace
}  // namespace parcelwake::store
