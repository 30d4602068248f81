#include "store/sqlite/sqlite_checkpointer.h"

#include <algorithm>

#include "base/observe/log.h"

namespace parcelwake::store {
namespace {

constexpr std::int64_t kFrameBytes = 4096 + 24;
// How long a restart may hold writers while it waits for readers: so long for each restart_bytes of log.
constexpr std::chrono::milliseconds kRestartPatience{20};
constexpr std::chrono::milliseconds kMostRestartPatience{1000};

}  // namespace

Result<std::unique_ptr<SqliteCheckpointer>, OpenFailure> SqliteCheckpointer::open(const SqliteOptions& options,
                                                                                  std::int64_t restart_bytes) {
  auto database = open_current(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteCheckpointer>(std::move(*database), options.kept_views, restart_bytes);
}

bool SqliteCheckpointer::run_once() {
  const Progress progress = move_what_can_be();
  log_bytes_ = progress.frames * kFrameBytes;
  if (log_bytes_ < restart_bytes_) return progress.done && progress.moved == progress.frames;
  const bool readers_in_the_way = progress.moved < progress.frames;
  if (passes_to_skip_ > 0 && readers_in_the_way) {
    --passes_to_skip_;
    return false;
  }
  // The restart syncs the file under the write lock. It is synced before, while writers go on, and then what they did
  // meanwhile, which is little, is moved and synced: under the lock next to nothing is left to do.
  for (int time = 0; time < 2; ++time) {
    if (!sync()) return false;
    (void)move_what_can_be();
  }
  const KeptViews::Pause pause(kept_views_.get());
  const auto patience = std::min(kRestartPatience * (log_bytes_ / restart_bytes_), kMostRestartPatience);
  const bool restarted = checkpoint(SQLITE_CHECKPOINT_RESTART, patience).done;
  // A pass comes every tenth patience of the shortest kind: a failed one of n times that length costs n - 1 passes.
  passes_to_skip_ = restarted ? 0 : patience / kRestartPatience - 1;
  return restarted;
}

SqliteCheckpointer::Progress SqliteCheckpointer::move_what_can_be() {
  const KeptViews::Pause pause(kept_views_.get());
  return checkpoint(SQLITE_CHECKPOINT_PASSIVE, std::chrono::milliseconds{0});
}

bool SqliteCheckpointer::sync() {
  sqlite3_file* const file = database_->file();
  const int code = file == nullptr ? SQLITE_NOTFOUND : file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code == SQLITE_OK) return true;
  static log::Throttle throttle;
  log::throttled(throttle, log::Level::Error, "sqlite", "the database file cannot be synced: {}", sqlite3_errstr(code));
  return false;
}

SqliteCheckpointer::Progress SqliteCheckpointer::checkpoint(int mode, std::chrono::milliseconds patience) {
  Progress progress;
  database_->set_patience(patience);
  const int code = sqlite3_wal_checkpoint_v2(database_->handle(), "main", mode, &progress.frames, &progress.moved);
  progress.done = code == SQLITE_OK;
  // Busy means that somebody reads or another process checkpoints: the next pass goes on from here.
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) database_->error(code, "checkpoint");
  progress.frames = std::max(progress.frames, 0);
  progress.moved = std::max(progress.moved, 0);
  return progress;
}

}  // namespace parcelwake::store
