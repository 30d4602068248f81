#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {

// How a database file is, for people. Looking changes nothing that it holds.
struct DatabaseState {
  int schema_version = 0;           // compare with store::schema_version()
  std::vector<std::string> damage;  // what SQLite's quick check says; empty: the file is sound
};

// Also beside a running server. Reads the whole file: seconds for each gigabyte.
Result<DatabaseState, OpenFailure> inspect(const SqliteOptions& options);

}  // namespace parcelwake::store
