#pragma once

#include "base/result.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {

// The schema this program reads and writes: the number of the last migration. A file says its own in
// `PRAGMA user_version`.
int schema_version();

// Makes the file at `options.path` (a new one, too) ready for this program. Returns how many migrations it took, each
// of them one transaction. Safe when several processes do it at once. A file newer than the program, and one
// that another program made, is refused and left as it is.
Result<int, OpenFailure> migrate(const SqliteOptions& options);

// Opens a file that migrate() has made ready, and refuses any other.
Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open_current(const SqliteOptions& options, SqliteAccess access);

// Opens a file of ours whose schema is this program's or older, for those who only copy it. Refuses any other.
Result<std::unique_ptr<SqliteDatabase>, OpenFailure> open_known(const SqliteOptions& options, SqliteAccess access);

}  // namespace parcelwake::store
