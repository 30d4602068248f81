#include "store/sqlite/sqlite_database.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/observe/log.h"

namespace parcelwake::store {
namespace {

using ports::StoreError;

bool no_space_left(sqlite3* handle, int code) {
  if (code == SQLITE_FULL) return true;
  const int reason = handle == nullptr ? 0 : sqlite3_system_errno(handle);
  return code == SQLITE_IOERR && (reason == ENOSPC || reason == EDQUOT || reason == EFBIG);
}

StoreError meaning_of(sqlite3* handle, int code) {
  if (no_space_left(handle, code)) return StoreError::Full;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return StoreError::Busy;
  return StoreError::Broken;
}

}  // namespace

Result<std::unique_ptr<SqliteDatabase>, OpenFailure> SqliteDatabase::open(const SqliteOptions& options,
                                                                          SqliteAccess access) {
  // Statistics that nobody reads would take a lock at every allocation. Refused once SQLite is in use, which is well.
  static const int kNoStatistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)kNoStatistics;
  std::unique_ptr<SqliteDatabase> database(new SqliteDatabase);
  const auto connected = database->connect(options, access);
  if (!connected) return fail(connected.error());
  return database;
}

SqliteDatabase::~SqliteDatabase() {
  view_.reset();
  const int code = sqlite3_close_v2(handle_);
  if (code != SQLITE_OK) log::error("sqlite", "closing failed: {}", sqlite3_errstr(code));
}

Result<void, OpenFailure> SqliteDatabase::connect(const SqliteOptions& options, SqliteAccess access) {
  // A reader opens for writing too: it may be the one who has to recover the write-ahead log.
  const int create = access == SqliteAccess::Write ? SQLITE_OPEN_CREATE : 0;
  int code = sqlite3_open_v2(options.path.c_str(), &handle_,
                             SQLITE_OPEN_READWRITE | create | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) return fail(open_failure(options, code));
  patience_ = options.busy_timeout;
  code = sqlite3_busy_handler(handle_, &SqliteDatabase::wait_when_busy, this);
  if (code != SQLITE_OK) return fail(open_failure(options, code));

  // secure_delete = FAST wipes deleted content wherever that costs no further page.
  std::string settings = fmt::format(
      "PRAGMA page_size = 4096; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = FAST;"
      "PRAGMA cache_size = -{}; PRAGMA mmap_size = {}; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY;",
      options.cache_bytes / 1024, options.mmap_bytes);
  if (access == SqliteAccess::Write) settings += "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 268435456;";
  settings += "SELECT count(*) FROM sqlite_schema;";  // reads the file: recovers it now, or says why not
  if (access == SqliteAccess::Read) settings += "PRAGMA query_only = ON;";
  code = sqlite3_exec(handle_, settings.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(open_failure(options, code));
  return {};
}

OpenFailure SqliteDatabase::open_failure(const SqliteOptions& options, int code) {
  const char* reason = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  return {.error = meaning_of(handle_, code & 0xff),
          .detail = fmt::format("cannot open the database {}: {}", options.path, reason)};
}

void SqliteDatabase::keep_view(std::shared_ptr<KeptViews> views) {
  views_ = std::move(views);
  view_ = std::make_unique<KeptView>(*this, *views_);
}

int SqliteDatabase::wait_when_busy(void* database, int times) {
  if (times >= static_cast<SqliteDatabase*>(database)->patience_.count()) return 0;
  sqlite3_sleep(1);
  return 1;
}

Result<void, StoreError> SqliteDatabase::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(error(code, "execute"));
  return {};
}

sqlite3_file* SqliteDatabase::file() const {
  sqlite3_file* file = nullptr;
  const int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return code == SQLITE_OK && file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

StoreError SqliteDatabase::error(int code, std::string_view what) {
  const StoreError meaning = meaning_of(handle_, code & 0xff);
  const log::Level level = meaning == StoreError::Busy ? log::Level::Warning : log::Level::Error;
  // A full disk fails every write, and a lost one every read.
  static std::array<log::Throttle, 3> throttles;
  log::throttled(throttles[static_cast<std::size_t>(meaning)], level, "sqlite", "{}: {} ({}): {}", what,
                 sqlite3_errstr(code), code, sqlite3_errmsg(handle_));
  return meaning;
}

}  // namespace parcelwake::store
