#include "store/sqlite/migrate.h"

#include <fmt/format.h>

#include "parcelwake_store_sqlite_embedded.h"
#include "store/sqlite/statement.h"
#include "store/sqlite/transit_counts.h"

namespace parcelwake::store {
namespace {

using ports::StoreError;

Result<int, StoreError> version_of(SqliteDatabase& database) {
  Statement statement(database, "PRAGMA user_version");
  Query query(statement);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return static_cast<int>(query.integer(0));
}

OpenFailure failure(StoreError error, const SqliteOptions& options, std::string_view why) {
  return {.error = error, .detail = fmt::format("cannot use the database {}: {}", options.path, why)};
}

OpenFailure too_new(const SqliteOptions& options, int version) {
  return failure(StoreError::Broken, options,
                 fmt::format("its schema is version {}, this program knows up to {}; use a newer program", version,
                             schema_version()));
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
  auto database = SqliteDatabase::open(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  const auto version = version_of(**database);
  if (!version) return fail(failure(version.error(), options, "it cannot be read"));
  if (*version > schema_version()) return fail(too_new(options, *version));
  for (int taken = 0;; ++taken) {
    const auto done = migrate_once(**database);
    if (!done) return fail(failure(done.error(), options, "a migration failed"));
    if (!*done) return taken;
  }
}

Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open_current(const SqliteOptions& options, SqliteAccess access) {
  auto database = SqliteDatabase::open(options, access);
  if (!database) return fail(database.error());
  const auto version = version_of(**database);
  if (!version) return fail(failure(version.error(), options, "it cannot be read"));
  if (*version > schema_version()) return fail(too_new(options, *version));
  if (*version < schema_version()) {
    return fail(failure(StoreError::Broken, options,
                        fmt::format("its schema is version {}, this program needs {}; run 'parcelwake migrate'",
                                    *version, schema_version())));
  }
  return database;
}

}  // namespace parcelwake::store
