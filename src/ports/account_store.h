#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/account/account.h"
#include "ports/store_error.h"

namespace parcelwake::ports {

// Accounts and API keys. Each call is a transaction of its own and durable when it returns. One thread at a time.
class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // Ids are given by the store; those in the arguments are ignored.
  virtual Result<domain::Account, StoreError> add_account(const domain::Account& account) = 0;
  virtual Result<std::optional<domain::Account>, StoreError> find_account(domain::AccountId id) = 0;
  virtual Result<std::optional<domain::Account>, StoreError> find_account_by_email(std::string_view email) = 0;
  virtual Result<std::vector<domain::Account>, StoreError> accounts() = 0;
  // Lets `change` alter the account's plan, time zone, phone, blocked and features_off as they then stand; all else
  // stays. Of two who change different things at once both do. Says the account afterwards; nothing when there is none.
  using AccountChange = std::function<void(domain::Account& account)>;
  virtual Result<std::optional<domain::Account>, StoreError> update_account(domain::AccountId id,
                                                                            const AccountChange& change) = 0;

  // Nothing when a key of that digest is there already, revoked or not.
  virtual Result<std::optional<domain::ApiKey>, StoreError> add_key(const domain::ApiKey& key) = 0;
  virtual Result<std::optional<domain::ApiKey>, StoreError> find_key(const Sha256& digest) = 0;
  virtual Result<std::vector<domain::ApiKey>, StoreError> keys() = 0;
  // False when the account has no such key.
  virtual Result<bool, StoreError> revoke_key(domain::AccountId account, domain::ApiKeyId key) = 0;

  // A number that changes whenever accounts or keys were changed, over whatever connection: what was read before may be
  // old. Changes of trackings leave it alone.
  virtual Result<std::int64_t, StoreError> data_version() = 0;
};

}  // namespace parcelwake::ports
