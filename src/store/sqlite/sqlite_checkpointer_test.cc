#include "store/sqlite/sqlite_checkpointer.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "store/contract/example_trackings.h"
#include "store/sqlite/power_loss_vfs.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::store {
namespace {

// A store on a disk that tells of its syncs.
class Checkpointer : public ::testing::Test {
 protected:
  bool add(const std::string& number) {
    if (!store_->begin()) return false;
    const ports::TrackingChange change{.before = nullptr,
                                       .after = {.tracking = full_tracking(number)},
                                       .schedule = ports::Schedule{},
                                       .unscheduled = false};
    EXPECT_TRUE(store_->save(std::span(&change, 1)));
    EXPECT_TRUE(store_->commit());
    return true;
  }

  PowerLossDisk disk_{1};
  const SqliteOptions options_{
      .path = "/checkpoints.db", .busy_timeout = std::chrono::milliseconds{0}, .vfs = disk_.vfs_name()};
  const bool migrated_ = migrate(options_).ok();
  std::unique_ptr<SqliteTrackingStore> store_ = std::move(*SqliteTrackingStore::open(options_));
};

TEST_F(Checkpointer, SyncsMostOfALongLogWhileOthersWrite) {
  constexpr std::int64_t kLongLog = 100'000;
  const auto checkpointer = std::move(*SqliteCheckpointer::open(options_, kLongLog));
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(add("N" + std::to_string(10000 + i)));
  std::size_t beside = 0;  // writes to the file that were synced while others could write
  std::size_t alone = 0;
  int added = 0;
  const auto add_another = [&] { return add("M" + std::to_string(10000 + added++)); };
  std::int64_t last_place = 0;
  disk_.tell_before([&](const PowerLossDisk::Event& event) {
    if (event.path != options_.path) return;
    if (event.kind == PowerLossDisk::Event::Kind::Sync) {
      (add_another() ? beside : alone) += event.unsynced;
    } else if (std::exchange(last_place, event.at) >= event.at) {
      add_another();  // a pass begins, and shall not find the end of the log while others may write
    }
  });
  EXPECT_TRUE(checkpointer->run_once());
  disk_.tell_before(nullptr);
  EXPECT_GT(checkpointer->log_bytes(), kLongLog);
  EXPECT_GT(beside, 50u);
  EXPECT_LT(2 * alone, beside);
  EXPECT_TRUE(add("N20000"));
}

}  // namespace
}  // namespace parcelwake::store
