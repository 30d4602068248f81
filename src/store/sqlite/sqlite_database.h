#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/store_error.h"
#include "store/sqlite/kept_view.h"

namespace parcelwake::store {

// How a database file is opened. The sizes are per connection.
struct SqliteOptions {
  std::string path;
  std::chrono::milliseconds busy_timeout{10'000};
  std::int64_t cache_bytes = 32 << 20;
  std::int64_t mmap_bytes = std::int64_t{1} << 30;
  std::string vfs;  // empty: the system's files
  // Where the server's readers keep their views, and its checkpointer makes them let go; null: no view is kept.
  std::shared_ptr<KeptViews> kept_views{};
};

enum class SqliteAccess {
  Read,   // Cannot change anything. The file must be there.
  Write,  // Makes the file when it is not there.
};

struct OpenFailure {
  ports::StoreError error = ports::StoreError::Broken;
  std::string detail;  // one sentence for a person
};

// One connection to a SQLite file in WAL mode. Every commit of a writing connection is on the disk when it returns
// (synchronous = FULL). A connection never checkpoints by itself: SqliteCheckpointer does.
// Use it from one thread at a time; other connections, of this process or another, may live beside it.
class SqliteDatabase {
 public:
  // Waits as long as busy_timeout for others, among them one that recovers the file after a crash.
  static Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open(const SqliteOptions& options, SqliteAccess access);

  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  // Runs statements that give no rows.
  Result<void, ports::StoreError> execute(const char* sql);

  // What a failed call means to the caller. Logs it.
  ports::StoreError error(int code, std::string_view what);

  // How often a busy call is tried again, a millisecond apart, before it fails.
  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

  // From now on reads may keep their view. Once, on a connection for reading.
  void keep_view(std::shared_ptr<KeptViews> views);
  KeptView* view() const { return view_.get(); }  // null: none is kept

  sqlite3* handle() const { return handle_; }

  // SQLite's own handle of the database file; null where it has none. For what statements cannot ask of it.
  sqlite3_file* file() const;

 private:
  SqliteDatabase() = default;
  static int wait_when_busy(void* database, int times);
  Result<void, OpenFailure> connect(const SqliteOptions& options, SqliteAccess access);
  OpenFailure open_failure(const SqliteOptions& options, int code);

  sqlite3* handle_ = nullptr;
  std::chrono::milliseconds patience_{0};
  std::shared_ptr<KeptViews> views_;
  std::unique_ptr<KeptView> view_;
};

}  // namespace parcelwake::store
