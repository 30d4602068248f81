#pragma once

#include <memory>

#include "store/sqlite/migrate.h"

namespace parcelwake::store {

// Moves what was committed from the write-ahead log into the database file, beside the writers.
//
// Call run_once() several times a second from a thread of its own: a pass sleeps in fsync. Most passes are passive and
// hold nobody up. A log that writers never let go empty would grow for ever, so when it has passed `restart_bytes` the
// pass, having copied and synced nearly all of it, takes the write lock for the small rest and makes the log begin
// anew: a writer then waits for one short copy and one short fsync. Readers in old snapshots can prevent that; the
// longer the log, the longer the pass insists, at the writers' cost, but for a tenth of the time at most: a backup may
// read for minutes.
//
// Measured on two shared cores, transactions of 40 rows at full speed (9-12 thousand rows a second), a pass each 100
// ms: p99 of a commit 11-24 ms, worst 50-115 ms, log at most 190 MB. With SQLite's own checkpoints p99 was 144-480 ms.
// Syncing before the lock is taken made p99 of a create from 64 connections 38 ms where it had been 83.
class SqliteCheckpointer {
 public:
  static Result<std::unique_ptr<SqliteCheckpointer>, OpenFailure> open(const SqliteOptions& options,
                                                                       std::int64_t restart_bytes = 64 << 20);
  SqliteCheckpointer(std::unique_ptr<SqliteDatabase> database, std::shared_ptr<KeptViews> kept_views,
                     std::int64_t restart_bytes)
      : database_(std::move(database)), kept_views_(std::move(kept_views)), restart_bytes_(restart_bytes) {}

  // One pass. True: all of the log had been moved. A failure is logged and told by the next pass again.
  bool run_once();

  // Bytes of log in use when the last pass began.
  std::int64_t log_bytes() const { return log_bytes_; }

 private:
  struct Progress {
    bool done = false;  // the mode's promise was kept
    int frames = 0;     // in the log
    int moved = 0;      // of them
  };
  Progress move_what_can_be();
  bool sync();  // the database file
  Progress checkpoint(int mode, std::chrono::milliseconds patience);

  std::unique_ptr<SqliteDatabase> database_;
  std::shared_ptr<KeptViews> kept_views_;
  std::int64_t restart_bytes_;
  std::int64_t log_bytes_ = 0;
  std::int64_t passes_to_skip_ = 0;  // before a restart is tried again past readers
};

}  // namespace parcelwake::store
