#include "cli/store_access.h"

#include "server/data_directory.h"

namespace parcelwake::cli {

Result<std::unique_ptr<store::SqliteAccountStore>, std::string> open_accounts(const std::string& data_directory) {
  const auto directory = server::DataDirectory::open(data_directory);
  if (!directory) return fail(directory.error());
  if (const auto prepared = directory->prepare_database(); !prepared) return fail(prepared.error());
  auto accounts = store::SqliteAccountStore::open(directory->database());
  if (!accounts) return fail(accounts.error().detail);
  return *std::move(accounts);
}

}  // namespace parcelwake::cli
