#pragma once

#include <functional>
#include <memory>

#include "ports/account_store.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Accounts and keys in a SQLite file, over a writing connection of its own.
class SqliteAccountStore final : public ports::AccountStore {
 public:
  static Result<std::unique_ptr<SqliteAccountStore>, OpenFailure> open(const SqliteOptions& options);
  explicit SqliteAccountStore(std::unique_ptr<SqliteDatabase> database);

  Result<domain::Account, ports::StoreError> add_account(const domain::Account& account) override;
  Result<std::optional<domain::Account>, ports::StoreError> find_account(domain::AccountId id) override;
  // Upper and lower case of ASCII letters are one; of several accounts the oldest.
  Result<std::optional<domain::Account>, ports::StoreError> find_account_by_email(std::string_view email) override;
  Result<std::vector<domain::Account>, ports::StoreError> accounts() override;
  Result<std::optional<domain::Account>, ports::StoreError> update_account(domain::AccountId id,
                                                                           const AccountChange& change) override;
  Result<std::optional<domain::ApiKey>, ports::StoreError> add_key(const domain::ApiKey& key) override;
  Result<std::optional<domain::ApiKey>, ports::StoreError> find_key(const Sha256& digest) override;
  Result<std::vector<domain::ApiKey>, ports::StoreError> keys() override;
  Result<bool, ports::StoreError> revoke_key(domain::AccountId account, domain::ApiKeyId key) override;
  Result<std::int64_t, ports::StoreError> data_version() override;

 private:
  // Runs `change` as a transaction; says how many rows it changed. With none, nothing is written.
  Result<std::int64_t, ports::StoreError> write(const std::function<Result<void, ports::StoreError>()>& change);

  std::unique_ptr<SqliteDatabase> database_;
  Statement insert_account_;
  Statement account_by_id_;
  Statement account_by_email_;
  Statement all_accounts_;
  Statement update_account_;
  Statement insert_key_;
  Statement key_by_digest_;
  Statement all_keys_;
  Statement revoke_key_;
  Statement count_revision_;
  Statement revision_;
};

}  // namespace parcelwake::store
