#include "store/sqlite/migrate.h"

#include <fmt/format.h>

#include <filesystem>

#include "parcelwake_store_sqlite_embedded.h"
#include "store/sqlite/file_identity.h"
#include "store/sqlite/statement.h"
#include "store/sqlite/transit_counts.h"

namespace parcelwake::store {
namespace {

using ports::StoreError;

Result<int, StoreError> number(SqliteDatabase& database, const char* sql) {
  Statement statement(database, sql);
  Query query(statement);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return static_cast<int>(query.integer(0));
}

Result<int, StoreError> version_of(SqliteDatabase& database) { return number(database, "PRAGMA user_version"); }

OpenFailure failure(StoreError error, const SqliteOptions& options, std::string_view why) {
  return {.error = error, .detail = fmt::format("cannot use the database {}: {}", options.path, why)};
}

// Opens a file of ours, or a new one, and tells its version.
struct Opened {
  std::unique_ptr<SqliteDatabase> database;
  int version = 0;
};
Result<Opened, OpenFailure> open_ours(const SqliteOptions& options, SqliteAccess access) {
  const auto refuse = [&](const std::string& why) { return fail(failure(StoreError::Broken, options, why)); };
  auto database = SqliteDatabase::open(options, access);
  if (!database) return fail(database.error());
  const auto id = number(**database, "PRAGMA application_id");
  // In this order: who finds tables finds the version, too, that another process has just made them with.
  const auto tables = number(**database, "SELECT count(*) FROM sqlite_schema");
  const auto version = version_of(**database);
  if (!id || !version || !tables) return fail(failure(StoreError::Broken, options, "it cannot be read"));
  if (const auto known = check_identity(*id, *version); !known) return refuse(known.error());
  if (*version == 0 && *tables > 0)
    return refuse("it belongs to another program (it has tables and no schema of ours)");
  return Opened{.database = *std::move(database), .version = *version};
}

// Files made before there was an application_id get it.
Result<void, StoreError> sign(SqliteDatabase& database) {
  const auto id = number(database, "PRAGMA application_id");
  if (!id) return fail(id.error());
  if (*id == kApplicationId) return {};
  return database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId).c_str());
}

// From `version` to the next. What the program has to count anew it counts with the last one, when all that its code
// knows of the schema is there.
Result<void, StoreError> take_migration(SqliteDatabase& database, int version) {
  const std::string_view sql = migrations::files()[static_cast<std::size_t>(version)].bytes;
  const std::string whole = fmt::format("{}; PRAGMA user_version = {}", sql, version + 1);
  auto done = database.execute(whole.c_str());
  if (done && version + 1 == schema_version()) done = recount_transits(database);
  if (done) done = database.execute("COMMIT");
  return done;
}

// The next migration, if one is missing. True: it was done.
Result<bool, StoreError> migrate_once(SqliteDatabase& database) {
  if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return fail(begun.error());
  const auto version = version_of(database);
  if (!version || *version >= schema_version()) {
    const auto ended = database.execute("ROLLBACK");
    if (!version) return fail(version.error());
    if (!ended) return fail(ended.error());
    return false;
  }
  const auto done = take_migration(database, *version);
  if (done) return true;
  if (sqlite3_get_autocommit(database.handle()) == 0) (void)database.execute("ROLLBACK");
  return fail(done.error());
}

}  // namespace

int schema_version() { return static_cast<int>(migrations::files().size()); }

Result<int, OpenFailure> migrate(const SqliteOptions& options) {
  // Opening for writing changes a file: first it is asked whether it is ours.
  if (std::filesystem::exists(options.path)) {
    if (const auto asked = open_ours(options, SqliteAccess::Read); !asked) return fail(asked.error());
  }
  auto opened = open_ours(options, SqliteAccess::Write);
  if (!opened) return fail(opened.error());
  SqliteDatabase& database = *opened->database;
  int taken = 0;
  for (;; ++taken) {
    const auto done = migrate_once(database);
    if (!done) return fail(failure(done.error(), options, "a migration failed"));
    if (!*done) break;
  }
  if (const auto is_signed = sign(database); !is_signed) {
    return fail(failure(is_signed.error(), options, "it cannot be written"));
  }
  return taken;
}

Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open_current(const SqliteOptions& options, SqliteAccess access) {
  auto opened = open_ours(options, access);
  if (!opened) return fail(opened.error());
  if (opened->version < schema_version()) {
    return fail(failure(StoreError::Broken, options,
                        fmt::format("its schema is version {}, this program needs {}; run 'parcelwake migrate'",
                                    opened->version, schema_version())));
  }
  return std::move(opened->database);
}

Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open_known(const SqliteOptions& options, SqliteAccess access) {
  auto opened = open_ours(options, access);
  if (!opened) return fail(opened.error());
  return std::move(opened->database);
}

}  // namespace parcelwake::store
