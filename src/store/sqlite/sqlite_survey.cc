#include "store/sqlite/sqlite_survey.h"

#include <utility>

namespace parcelwake::store {

Result<std::unique_ptr<SqliteSurvey>, OpenFailure> SqliteSurvey::open(const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Read);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteSurvey>(std::move(*database));
}

SqliteSurvey::SqliteSurvey(std::unique_ptr<SqliteDatabase> database)
    : database_(std::move(database)),
      counts_(*database_, "SELECT status, archived, sum(count) FROM counter GROUP BY status, archived"),
      oldest_due_(*database_, "SELECT min(due_at) FROM schedule"),
      // The rows of both come in the order of their changes, so that the first is the oldest.
      untold_(*database_,
              "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM delivery), "
              "coalesce((SELECT changed_at FROM delivery ORDER BY id LIMIT 1), "
              "(SELECT changed_at FROM outbox ORDER BY id LIMIT 1))") {}

Result<StoreFigures, ports::StoreError> SqliteSurvey::read() {
  StoreFigures figures;
  Query counts(counts_);
  for (;;) {
    const auto row = counts.next();
    if (!row) return fail(row.error());
    if (!*row) break;
    figures.counts.push_back({.status = static_cast<domain::Status>(counts.integer(0)),
                              .archived = counts.integer(1) != 0,
                              .trackings = counts.integer(2)});
  }
  Query due(oldest_due_);
  const auto row = due.next();
  if (!row) return fail(row.error());
  figures.oldest_due = due.optional_time(0);
  Query untold(untold_);
  if (const auto counted = untold.next(); !counted) return fail(counted.error());
  figures.untold = untold.integer(0);
  figures.oldest_untold = untold.optional_time(1);
  return figures;
}

}  // namespace parcelwake::store
