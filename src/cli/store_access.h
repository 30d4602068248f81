#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/sqlite/sqlite_account_store.h"

namespace parcelwake::cli {

// The accounts of a data directory, also while a server runs on it. The error is a sentence for a person.
Result<std::unique_ptr<store::SqliteAccountStore>, std::string> open_accounts(const std::string& data_directory);

}  // namespace parcelwake::cli
