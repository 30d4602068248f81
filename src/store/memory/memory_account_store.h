#pragma once

#include "ports/account_store.h"

namespace parcelwake::store {

// Accounts and keys in memory.
class MemoryAccountStore final : public ports::AccountStore {
 public:
  Result<domain::Account, ports::StoreError> add_account(const domain::Account& account) override;
  Result<std::optional<domain::Account>, ports::StoreError> find_account(domain::AccountId id) override;
  Result<std::optional<domain::Account>, ports::StoreError> find_account_by_email(std::string_view email) override;
  Result<std::vector<domain::Account>, ports::StoreError> accounts() override { return accounts_; }
  Result<std::optional<domain::Account>, ports::StoreError> update_account(domain::AccountId id,
                                                                           const AccountChange& change) override;
  Result<std::optional<domain::ApiKey>, ports::StoreError> add_key(const domain::ApiKey& key) override;
  Result<std::optional<domain::ApiKey>, ports::StoreError> find_key(const Sha256& digest) override;
  Result<std::vector<domain::ApiKey>, ports::StoreError> keys() override { return keys_; }
  Result<bool, ports::StoreError> revoke_key(domain::AccountId account, domain::ApiKeyId key) override;
  Result<std::int64_t, ports::StoreError> data_version() override { return version_; }

 private:
  std::vector<domain::Account> accounts_;  // by id
  std::vector<domain::ApiKey> keys_;       // by id
  std::int64_t version_ = 0;
};

}  // namespace parcelwake::store
