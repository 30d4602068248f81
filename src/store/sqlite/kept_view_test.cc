#include "store/sqlite/kept_view.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "store/contract/example_trackings.h"
#include "store/contract/stores_under_test.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_tracking_reader.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;

void save(ports::TrackingStore& store, const Tracking* before, const Tracking& after) {
  const ports::StoredTracking stored{.tracking = before == nullptr ? Tracking{after} : *before};
  commit(store, {.before = before == nullptr ? nullptr : &stored,
                 .after = {.tracking = after},
                 .schedule = std::nullopt,
                 .unscheduled = false});
}

std::optional<ports::StoredTracking> load(ports::TrackingReader& reader, const domain::TrackingId& id) {
  return (*reader.load(std::span(&id, 1))).front();
}

class KeptViewTest : public testing::Test {
 protected:
  KeptViewTest() {
    EXPECT_TRUE(migrate(options_));
    options_.kept_views = std::make_shared<KeptViews>();
    store_ = std::move(*SqliteTrackingStore::open(options_));
    reader_ = std::move(*SqliteTrackingReader::open(options_));
  }

  // Whether the log can begin anew, which a kept view prevents, by a checkpoint that asks nobody to let go.
  bool can_restart_log() {
    const auto database = *open_current(options_, SqliteAccess::Write);
    database->set_patience(std::chrono::milliseconds(0));
    return sqlite3_wal_checkpoint_v2(database->handle(), "main", SQLITE_CHECKPOINT_RESTART, nullptr, nullptr) ==
           SQLITE_OK;
  }
  void read_until_kept(const domain::TrackingId& id) {
    for (int i = 0; i < 3; ++i) (void)load(*reader_, id);
  }

  TemporaryFolder folder_;
  SqliteOptions options_ = options_for(folder_);
  std::unique_ptr<SqliteTrackingStore> store_;
  std::unique_ptr<SqliteTrackingReader> reader_;
};

TEST_F(KeptViewTest, OutlastsItsReadAndShowsEveryCommitBeforeTheNext) {
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  read_until_kept(first.id);
  EXPECT_FALSE(can_restart_log());
  Tracking changed = first;
  for (int i = 0; i < 5; ++i) {
    const Tracking before = changed;
    changed.details.title = "title " + std::to_string(i);
    save(*store_, &before, changed);
    EXPECT_EQ(load(*reader_, first.id)->tracking, changed);
    EXPECT_EQ(load(*reader_, first.id)->tracking, changed);
  }
}

TEST_F(KeptViewTest, EveryOtherReadOfTheConnectionSeesTheNewestState) {
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  domain::AccountId account;
  account.value = 1;
  for (int i = 2; i < 6; ++i) {
    read_until_kept(first.id);
    save(*store_, nullptr, example_tracking("A0000" + std::to_string(i)));
    int seen = 0;
    ASSERT_TRUE(reader_->read_oldest_first(account, Timestamp{}, [&](const Tracking&) { ++seen; }));
    EXPECT_EQ(seen, i);
    read_until_kept(first.id);
    EXPECT_EQ(total(*reader_), i);
  }
}

TEST_F(KeptViewTest, LetsTheCheckpointerPass) {
  const auto checkpointer = *SqliteCheckpointer::open(options_, 1);
  for (int i = 0; i < 5; ++i) {
    const Tracking tracking = example_tracking("A0000" + std::to_string(i));
    save(*store_, nullptr, tracking);
    read_until_kept(tracking.id);
    EXPECT_TRUE(checkpointer->run_once());
    EXPECT_EQ(load(*reader_, tracking.id)->tracking, tracking);
  }
  EXPECT_EQ(total(*reader_), 5);
}

TEST_F(KeptViewTest, IsKeptByNobodyDuringAPause) {
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  read_until_kept(first.id);
  {
    const KeptViews::Pause pause(options_.kept_views.get());
    read_until_kept(first.id);
    EXPECT_TRUE(can_restart_log());
  }
  save(*store_, nullptr, example_tracking("A00002"));
  read_until_kept(first.id);
  EXPECT_FALSE(can_restart_log());
}

// A page that is read while the checkpointer passes.
class SlowPage final : public ports::ListSink {
 public:
  explicit SlowPage(SqliteCheckpointer& checkpointer) : checkpointer_(checkpointer) {}
  void begin(std::int64_t, std::int64_t) override {}
  void take(Tracking&&) override {
    std::thread([&] { EXPECT_FALSE(checkpointer_.run_once()) << "past a reader"; }).join();
  }

 private:
  SqliteCheckpointer& checkpointer_;
};

TEST_F(KeptViewTest, AReadUnderWayHoldsNoCheckpointerUp) {
  const auto checkpointer = *SqliteCheckpointer::open(options_, 4'000);
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  read_until_kept(first.id);
  save(*store_, nullptr, example_tracking("A00002"));
  SlowPage page(*checkpointer);
  ports::ListFilter filter;
  filter.account.value = 1;
  ASSERT_TRUE(reader_->read_list(filter, 0, 1, page));
  EXPECT_TRUE(checkpointer->run_once());
}

// The pause begins while a page is read, and is over the reader when the page has been.
class PausedPage final : public ports::ListSink {
 public:
  explicit PausedPage(KeptViews& views) : views_(views) {}
  void begin(std::int64_t, std::int64_t) override {
    std::thread([&] { pause_.emplace(&views_); }).join();
  }
  void take(Tracking&&) override {}

 private:
  KeptViews& views_;
  std::optional<KeptViews::Pause> pause_;
};

TEST_F(KeptViewTest, AReadUnderWayWhenAPauseBeginsIsTheLastOfItsView) {
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  read_until_kept(first.id);
  PausedPage page(*options_.kept_views);
  ports::ListFilter filter;
  filter.account.value = 1;
  ASSERT_TRUE(reader_->read_list(filter, 0, 1, page));
  EXPECT_TRUE(can_restart_log());
}

TEST_F(KeptViewTest, WithoutAnyTheLogIsFreeBetweenReads) {
  SqliteOptions alone = options_;
  alone.kept_views.reset();
  reader_ = std::move(*SqliteTrackingReader::open(alone));
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  read_until_kept(first.id);
  EXPECT_TRUE(can_restart_log());
}

// What a thread was told to be committed, its next read shows, while a writer and a checkpointer are at work.
TEST_F(KeptViewTest, NoReaderIsBehindWhatWasAcknowledged) {
  constexpr int kChanges = 400;
  const Tracking first = example_tracking("A00001");
  save(*store_, nullptr, first);
  std::atomic<int> acknowledged{0};
  const auto read = [&] {
    const auto reader = *SqliteTrackingReader::open(options_);
    while (acknowledged < kChanges) {
      const int at_least = acknowledged;
      const auto found = load(*reader, first.id);
      ASSERT_TRUE(found);
      ASSERT_GE(std::atoi(found->tracking.details.title.c_str()), at_least);
    }
  };
  std::thread one(read);
  std::thread other(read);
  std::thread checkpoints([&] {
    const auto checkpointer = *SqliteCheckpointer::open(options_, 100'000);
    while (acknowledged < kChanges) {
      (void)checkpointer->run_once();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));  // in which views are kept
    }
  });
  Tracking changed = first;
  for (int i = 1; i <= kChanges; ++i) {
    const Tracking before = changed;
    changed.details.title = std::to_string(i);
    save(*store_, &before, changed);
    acknowledged = i;
  }
  for (std::thread* thread : {&one, &other, &checkpoints}) thread->join();
}

}  // namespace
}  // namespace parcelwake::store
