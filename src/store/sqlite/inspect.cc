#include "store/sqlite/inspect.h"

#include "store/sqlite/statement.h"

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

Result<std::vector<std::string>, StoreError> damage_in(SqliteDatabase& database) {
  Statement statement(database, "PRAGMA quick_check(10)");
  Query query(statement);
  std::vector<std::string> damage;
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return damage;
    if (const std::string line(query.text(0)); line != "ok") damage.push_back(line);
  }
}

}  // namespace

Result<DatabaseState, OpenFailure> inspect(const SqliteOptions& options) {
  auto database = SqliteDatabase::open(options, SqliteAccess::Read);
  if (!database) return fail(database.error());
  const auto version = version_of(**database);
  if (!version) return fail(OpenFailure{version.error(), "cannot read the database " + options.path});
  auto damage = damage_in(**database);
  if (!damage) return fail(OpenFailure{damage.error(), "cannot read all of the database " + options.path});
  return DatabaseState{*version, *std::move(damage)};
}

}  // namespace parcelwake::store
