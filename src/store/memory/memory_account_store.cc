#include "store/memory/memory_account_store.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::store {
namespace {

using domain::Account;
using domain::ApiKey;
using ports::StoreError;

template <class T, class Fits>
std::optional<T> first(const std::vector<T>& all, Fits fits) {
  const auto found = std::find_if(all.begin(), all.end(), fits);
  return found == all.end() ? std::nullopt : std::optional<T>(*found);
}

}  // namespace

Result<Account, StoreError> MemoryAccountStore::add_account(const Account& account) {
  Account& added = accounts_.emplace_back(account);
  added.id.value = static_cast<std::int64_t>(accounts_.size());
  ++version_;
  return added;
}

Result<std::optional<Account>, StoreError> MemoryAccountStore::find_account(domain::AccountId id) {
  return first(accounts_, [&](const Account& a) { return a.id == id; });
}

Result<std::optional<Account>, StoreError> MemoryAccountStore::find_account_by_email(std::string_view email) {
  return first(accounts_, [&](const Account& a) { return ascii::equals_ignoring_case(a.email, email); });
}

Result<std::optional<Account>, StoreError> MemoryAccountStore::update_account(domain::AccountId id,
                                                                              const AccountChange& change) {
  const auto found =
      std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& known) { return known.id == id; });
  if (found == accounts_.end()) return std::optional<Account>();
  Account account = *found;
  change(account);
  found->plan = account.plan;
  found->time_zone = account.time_zone;
  found->phone = account.phone;
  found->blocked = account.blocked;
  found->features_off = account.features_off;
  ++version_;
  return std::optional(*found);
}

Result<std::optional<ApiKey>, StoreError> MemoryAccountStore::add_key(const ApiKey& key) {
  const auto taken = find_key(key.digest);
  if (*taken) return std::optional<ApiKey>();
  ApiKey& added = keys_.emplace_back(key);
  added.id.value = static_cast<std::int64_t>(keys_.size());
  ++version_;
  return std::optional(added);
}

Result<std::optional<ApiKey>, StoreError> MemoryAccountStore::find_key(const Sha256& digest) {
  return first(keys_, [&](const ApiKey& k) { return k.digest == digest; });
}

Result<bool, StoreError> MemoryAccountStore::revoke_key(domain::AccountId account, domain::ApiKeyId key) {
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [&](const ApiKey& k) { return k.id == key && k.account == account; });
  if (found == keys_.end()) return false;
  found->revoked = true;
  ++version_;
  return true;
}

}  // namespace parcelwake::store
