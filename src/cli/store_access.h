#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/sqlite/sqlite_account_store.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_remote_area_store.h"
#include "store/sqlite/sqlite_tracking_reader.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::cli {

// The accounts of a data directory, also while a server runs on it. The error is a sentence for a person.
Result<std::unique_ptr<store::SqliteAccountStore>, std::string> open_accounts(const std::string& data_directory);

// Its trackings and ledgers.
Result<std::unique_ptr<store::SqliteTrackingStore>, std::string> open_trackings(const std::string& data_directory);

// Trackings over a connection that cannot write.
Result<std::unique_ptr<store::SqliteTrackingReader>, std::string> open_tracking_reader(
    const std::string& data_directory);

// What moves the log of a command that writes much into the database file.
Result<std::unique_ptr<store::SqliteCheckpointer>, std::string> open_checkpointer(const std::string& data_directory);

// The account of that id or e-mail address.
Result<domain::Account, std::string> find_account(ports::AccountStore& accounts, const std::string& id_or_email);

// The same, or the only account there is when nothing is named.
Result<domain::Account, std::string> choose_account(ports::AccountStore& accounts, const std::string& id_or_email);

// What its plan lets it spend, as the last server on the data directory had it: a plan that is not known counts
// nothing.
domain::Allowance allowance_of(const domain::Account& account, const std::string& data_directory);

// Its lists of remote areas, those that came with the program among them.
Result<std::unique_ptr<store::SqliteRemoteAreaStore>, std::string> open_remote_areas(const std::string& data_directory);

}  // namespace parcelwake::cli
