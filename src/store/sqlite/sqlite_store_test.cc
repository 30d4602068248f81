#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "parcelwake_store_sqlite_embedded.h"
#include "store/codec/tracking_codec.h"
#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"
#include "store/sqlite/inspect.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_tracking_reader.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;
using ports::StoreError;
using ports::TrackingChange;

TrackingChange fresh(const Tracking& tracking) {
  return {.before = nullptr, .after = {.tracking = tracking}, .schedule = std::nullopt, .unscheduled = false};
}

void add(ports::TrackingStore& store, const Tracking& tracking) { commit(store, fresh(tracking)); }

std::int64_t pragma(SqliteDatabase& database, std::string_view name) {
  Statement statement(database, "PRAGMA " + std::string(name));
  Query query(statement);
  EXPECT_TRUE(*query.next());
  return query.integer(0);
}

class SqliteStore : public testing::Test {
 protected:
  SqliteStore() {
    const auto migrated = migrate(options_);
    EXPECT_TRUE(migrated) << (migrated ? "" : migrated.error().detail);
  }
  std::unique_ptr<SqliteTrackingStore> open_store() { return std::move(*SqliteTrackingStore::open(options_)); }

  TemporaryFolder folder_;
  SqliteOptions options_ = options_for(folder_);
};

TEST_F(SqliteStore, EveryWritingConnectionSyncsEachCommit) {
  constexpr std::int64_t kFull = 2;
  EXPECT_EQ(pragma(open_store()->database(), "synchronous"), kFull);
  const auto database = *open_current(options_, SqliteAccess::Write);
  EXPECT_EQ(pragma(*database, "synchronous"), kFull);
  EXPECT_EQ(pragma(*database, "wal_autocheckpoint"), 0);
  EXPECT_EQ(pragma(*database, "page_size"), 4096);
}

// What a sink is told, as one value.
class ToldPage final : public ports::ListSink {
 public:
  void begin(std::int64_t total, std::int64_t rows) override {
    EXPECT_EQ(rows_, -1) << "begun twice";
    page.total = total;
    rows_ = rows;
  }
  void take(Tracking&& tracking) override { page.trackings.push_back(std::move(tracking)); }

  bool whole() const { return rows_ == static_cast<std::int64_t>(page.trackings.size()); }

  ports::ListPage page;

 private:
  std::int64_t rows_ = -1;
};

TEST_F(SqliteStore, RowByRowAReaderTellsThePageThatItListsAsAWhole) {
  const auto store = open_store();
  for (int i = 0; i < 9; ++i) {
    Tracking tracking = example_tracking("ROW0" + std::to_string(i));
    tracking.created_at = minute(i / 2);
    tracking.archived = i % 3 == 0;
    add(*store, tracking);
  }
  const auto reader = *SqliteTrackingReader::open(options_);
  ports::ListFilter all;
  all.account.value = 1;
  ports::ListFilter scanned = all;
  scanned.archived = false;
  ports::ListFilter looked_up = all;
  looked_up.folded_numbers = {"ROW03", "ROW05", "ROW07"};
  for (const ports::ListFilter& filter : {all, scanned, looked_up}) {
    for (const std::int64_t offset : {0, 2, 5, 20}) {
      const auto listed = reader->list(filter, offset, 2);
      ASSERT_TRUE(listed);
      ToldPage told;
      ASSERT_TRUE(reader->read_list(filter, offset, 2, told));
      EXPECT_TRUE(told.whole());
      EXPECT_EQ(told.page.total, listed->total);
      EXPECT_EQ(told.page.trackings, listed->trackings);
      ToldPage told_by_store;
      ASSERT_TRUE(store->read_list(filter, offset, 2, told_by_store));
      EXPECT_EQ(told_by_store.page.trackings, listed->trackings);
    }
  }
}

TEST_F(SqliteStore, MigratingAgainDoesNothing) { EXPECT_EQ(*migrate(options_), 0); }

TEST_F(SqliteStore, AFileOfANewerProgramIsRefusedAndNamed) {
  ASSERT_TRUE((*SqliteDatabase::open(options_, SqliteAccess::Write))->execute("PRAGMA user_version = 1000"));
  for (const auto& refused : {migrate(options_).ok(), SqliteTrackingStore::open(options_).ok(),
                              SqliteTrackingReader::open(options_).ok(), SqliteAccountStore::open(options_).ok()}) {
    EXPECT_FALSE(refused);
  }
  const std::string detail = migrate(options_).error().detail;
  EXPECT_NE(detail.find("version 1000"), std::string::npos) << detail;
  EXPECT_NE(detail.find(options_.path), std::string::npos) << detail;
}

TEST_F(SqliteStore, AFileThatWasNotMigratedIsRefused) {
  SqliteOptions bare = options_;
  bare.path = folder_.file("bare.db");
  const auto opened = SqliteTrackingStore::open(bare);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().detail.find("parcelwake migrate"), std::string::npos);
}

TEST_F(SqliteStore, WhatIsNoDatabaseIsRefused) {
  SqliteOptions text = options_;
  text.path = folder_.file("text.db");
  std::ofstream(text.path) << std::string(8192, 'x');
  ASSERT_FALSE(migrate(text));
  EXPECT_EQ(migrate(text).error().error, StoreError::Broken);
}

TEST_F(SqliteStore, InspectingTellsTheVersionAndDamage) {
  const auto sound = inspect(options_);
  ASSERT_TRUE(sound.ok());
  EXPECT_EQ(sound->schema_version, schema_version());
  EXPECT_TRUE(sound->damage.empty());
  {
    std::fstream file(options_.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);  // the second page: the kind of its tree comes first
    file << std::string(64, '\xff');
  }
  const auto damaged = inspect(options_);
  EXPECT_TRUE(!damaged.ok() || !damaged->damage.empty());
}

TEST_F(SqliteStore, AReaderSeesWhatIsCommittedAndCannotWrite) {
  const auto store = open_store();
  const auto reader = *SqliteTrackingReader::open(options_);
  const Tracking t = full_tracking("EA123456785CN");
  const TrackingChange change = fresh(t);
  ASSERT_TRUE(store->begin());
  ASSERT_TRUE(store->save(std::span(&change, 1)));
  EXPECT_EQ(total(*reader), 0);
  ASSERT_TRUE(store->commit());
  EXPECT_EQ(total(*reader), 1);
  EXPECT_EQ((*reader->load(std::span(&t.id, 1))).front()->tracking, t);
  const auto database = *open_current(options_, SqliteAccess::Read);
  EXPECT_FALSE(database->execute("DELETE FROM tracking"));
}

TEST_F(SqliteStore, AReaderOfNoFileIsRefused) {
  SqliteOptions none = options_;
  none.path = folder_.file("none.db");
  EXPECT_FALSE(SqliteTrackingReader::open(none));
  EXPECT_FALSE(std::filesystem::exists(none.path));
}

TEST_F(SqliteStore, ASecondWriterIsToldBusyWhenItsPatienceEnds) {
  const auto first = open_store();
  ASSERT_TRUE(first->begin());
  SqliteOptions hasty = options_;
  hasty.busy_timeout = std::chrono::milliseconds{5};
  const auto second = *SqliteTrackingStore::open(hasty);
  const auto begun = second->begin();
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error(), StoreError::Busy);
  first->rollback();
  EXPECT_TRUE(second->begin());
}

TEST_F(SqliteStore, TwoWhoChangeDifferentThingsOfAnAccountBothDo) {
  const auto id = (*SqliteAccountStore::open(options_))
                      ->add_account({.id = {}, .email = "a@example.org", .plan = "free", .phone = ""})
                      ->id;
  constexpr int kChanges = 100;
  const auto change_often = [&](const auto& change, const auto& value_of) {
    const auto store = *SqliteAccountStore::open(options_);
    for (int i = 0; i < kChanges; ++i) {
      ASSERT_TRUE(store->update_account(id, [&](domain::Account& account) { change(account, std::to_string(i)); }));
      ASSERT_EQ(value_of(**store->find_account(id)), std::to_string(i));
    }
  };
  std::thread plans([&] {
    change_often([](domain::Account& account, const std::string& to) { account.plan = to; },
                 [](const domain::Account& account) { return account.plan; });
  });
  change_often([](domain::Account& account, const std::string& to) { account.phone = to; },
               [](const domain::Account& account) { return account.phone; });
  plans.join();
}

TEST_F(SqliteStore, AFullDiskIsToldAsFullAndKeepsWhatWasAcknowledged) {
  const auto store = open_store();
  add(*store, example_tracking("A00001"));
  ASSERT_TRUE(store->database().execute(
      ("PRAGMA max_page_count = " + std::to_string(pragma(store->database(), "page_count"))).c_str()));
  std::vector<TrackingChange> changes;
  for (int i = 0; i < 500; ++i) changes.push_back(fresh(full_tracking("F" + std::to_string(10000 + i))));
  ASSERT_TRUE(store->begin());
  const auto saved = store->save(changes);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error(), StoreError::Full);
  store->rollback();
  EXPECT_EQ(total(*store), 1);
}

TEST_F(SqliteStore, ARowThatCannotBeReadIsToldAndHoldsUpNoOther) {
  const auto store = open_store();
  const Tracking bad = example_tracking("A00001");
  const Tracking good = example_tracking("B00002");
  std::vector<TrackingChange> changes = {fresh(bad), fresh(good)};
  for (TrackingChange& change : changes) change.schedule = ports::Schedule{};
  ASSERT_TRUE(store->begin());
  ASSERT_TRUE(store->save(changes));
  ASSERT_TRUE(store->commit());
  ASSERT_TRUE(store->database().execute("UPDATE tracking SET body = x'00' WHERE number = 'A00001'"));
  EXPECT_EQ(store->load(std::span(&bad.id, 1)).error(), StoreError::Broken);
  ASSERT_TRUE(store->begin());
  const auto due = *store->claim_due(minute(0), minute(1), 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].tracking.id, good.id);
}

TEST_F(SqliteStore, TheLogBeginsAnewWhenItHasGrown) {
  const auto store = open_store();
  const auto reader = *SqliteTrackingReader::open(options_);
  const auto checkpointer = *SqliteCheckpointer::open(options_, 200'000);
  const std::string log = options_.path + "-wal";
  for (int i = 0; i < 200; ++i) {
    add(*store, full_tracking("N" + std::to_string(10000 + i)));
    EXPECT_EQ(total(*reader), i + 1);
    if (i % 10 == 9) {
      EXPECT_TRUE(checkpointer->run_once());
    }
  }
  EXPECT_LT(std::filesystem::file_size(log), 1'500'000u);
  EXPECT_EQ(total(*reader), 200);
}

TEST_F(SqliteStore, AReaderInTheWayOfACheckpointHoldsNobodyUpForLong) {
  const auto store = open_store();
  const auto checkpointer = *SqliteCheckpointer::open(options_, 50'000);
  add(*store, example_tracking("A00001"));
  const auto reader = *open_current(options_, SqliteAccess::Read);
  ASSERT_TRUE(reader->execute("BEGIN; SELECT count(*) FROM tracking"));
  for (int i = 0; i < 20; ++i) add(*store, full_tracking("N" + std::to_string(10000 + i)));
  EXPECT_FALSE(checkpointer->run_once());
  add(*store, example_tracking("B00002"));
  ASSERT_TRUE(reader->execute("COMMIT"));
  EXPECT_TRUE(checkpointer->run_once());
  EXPECT_EQ(total(*store), 22);
}

// A process that is killed leaves a long log behind; whoever opens next recovers it, however many come at once.
TEST_F(SqliteStore, WhatAKilledProcessCommittedIsThere) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = SqliteTrackingStore::open(options_);
    for (int i = 0; store && i < 100; ++i) add(**store, full_tracking("N" + std::to_string(10000 + i)));
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto reader = SqliteTrackingReader::open(options_);
  const auto store = SqliteTrackingStore::open(options_);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(store);
  EXPECT_EQ(total(**reader), 100);
  add(**store, example_tracking("A00001"));
  EXPECT_EQ(total(**reader), 101);
}

// The columns of a row that a program of the first schema wrote, the body as it is written now.
void insert_as_of_first_schema(SqliteDatabase& database, const Tracking& tracking) {
  std::string body;
  append_tracking_body(tracking, body);
  Statement statement(database,
                      "INSERT INTO tracking (bucket, id, account, number, carrier, created_at, updated_at, status, "
                      "archived, deleted, body) VALUES (0, ?, 1, ?, 'ups', 0, 0, ?, 0, 0, ?)");
  Query query(statement);
  query.bind_blob(tracking.id.bytes()).bind(std::string_view(tracking.number.text()));
  ASSERT_TRUE(query.bind(static_cast<std::int64_t>(tracking.status())).bind_blob(std::string_view(body)).run());
}

TEST(SqliteMigrations, ParcelsThatWereAnnouncedBeforeTheColumnExistedAreFound) {
  const TemporaryFolder folder;
  const SqliteOptions options = options_for(folder);
  Tracking announced = example_tracking("A00001");
  announced.computed_status = domain::Status::NotFound;
  announced.computed_substatus = domain::Substatus::InfoReceived;
  Tracking long_known = full_tracking("B00002");
  long_known.manual_status.reset();
  long_known.computed_status = domain::Status::NotFound;
  long_known.computed_substatus = domain::Substatus::InfoReceived;
  Tracking unknown = example_tracking("C00003");
  unknown.computed_status = domain::Status::NotFound;
  unknown.computed_substatus = domain::Substatus::NoInformation;
  Tracking set_by_hand = example_tracking("D00004");
  set_by_hand.computed_status = domain::Status::NotFound;
  set_by_hand.computed_substatus = domain::Substatus::InfoReceived;
  set_by_hand.manual_status = domain::Status::NotFound;
  const Tracking pending = example_tracking("E00005");
  {
    const auto database = *SqliteDatabase::open(options, SqliteAccess::Write);
    const std::string first(migrations::files()[0].bytes);
    ASSERT_TRUE(database->execute(("BEGIN; " + first + "; PRAGMA user_version = 1; COMMIT").c_str()));
    for (const Tracking& tracking : {announced, long_known, unknown, set_by_hand, pending}) {
      insert_as_of_first_schema(*database, tracking);
    }
  }
  ASSERT_TRUE(migrate(options));
  const auto reader = *SqliteTrackingReader::open(options);
  ports::ListFilter filter;
  filter.account.value = 1;
  filter.status = domain::Status::NotFound;
  filter.announced = true;
  EXPECT_EQ((*reader->list(filter, 0, 10)).total, 2);
  filter.folded_numbers = {"A00001", "B00002"};
  EXPECT_EQ((*reader->list(filter, 0, 10)).total, 2);
}

// Passing over rows and counting them must cost an index step each, not a look-up of the row.
TEST_F(SqliteStore, CountingReadsTheIndexAlone) {
  const auto store = open_store();
  for (const char* index : {"tracking_created WHERE", "tracking_status WHERE status = 1 AND announced = 1 AND"}) {
    Statement statement(store->database(),
                        std::string("EXPLAIN SELECT count(*) FROM tracking INDEXED BY ") + index +
                            " deleted = 0 AND account = 1 AND created_at > 7 AND updated_at >= 5 AND order_at <= 9 AND "
                            "archived = 0 AND carrier = 'ups'");
    constexpr std::int64_t kTableCursor = 0;
    int index_columns = 0;
    for (Query query(statement); *query.next();) {
      if (query.text(1) != "Column") continue;
      EXPECT_NE(query.integer(2), kTableCursor) << index;
      ++index_columns;
    }
    EXPECT_GT(index_columns, 0);
  }
}

}  // namespace
}  // namespace parcelwake::store
