#include "app/accounts/key_directory.h"

#include <cstring>
#include <string_view>

#include "base/observe/log.h"

namespace parcelwake::app {

std::size_t KeyDirectory::DigestHash::operator()(const Sha256& digest) const noexcept {
  std::size_t head = 0;
  std::memcpy(&head, digest.data(), sizeof(head));
  return head;
}

bool KeyDirectory::DigestEqual::operator()(const Sha256& a, const Sha256& b) const noexcept {
  const auto bytes = [](const Sha256& digest) {
    return std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size());
  };
  return equal_in_constant_time(bytes(a), bytes(b));
}

Result<void, ports::StoreError> KeyDirectory::refresh() {
  const std::scoped_lock store_lock(store_mutex_);
  const auto version = store_->data_version();
  if (!version) return fail(version.error());
  if (data_version_ == *version) return {};
  // The keys first: the account of each is then among the accounts, whoever adds both meanwhile.
  const auto keys = store_->keys();
  if (!keys) return fail(keys.error());
  const auto accounts = store_->accounts();
  if (!accounts) return fail(accounts.error());

  Accounts by_id;
  std::unordered_map<domain::AccountId, Caller> callers;
  MeteredAccounts metered;
  for (const domain::Account& account : *accounts) {
    by_id[account.id] = account;
    const Caller& caller = callers[account.id] = caller_of(account);
    if (caller.allowance.metered) metered.push_back({.account = account.id, .allowance = caller.allowance});
  }
  Entries entries;
  for (const domain::ApiKey& key : *keys) {
    const auto owner = callers.find(key.account);
    if (owner == callers.end()) continue;
    Entry& entry = entries[key.digest] = {.caller = owner->second, .revoked = key.revoked};
    entry.caller.permissions = key.permissions;
  }
  data_version_ = *version;
  const std::unique_lock lock(entries_mutex_);
  entries_.swap(entries);
  accounts_.swap(by_id);
  metered_ = std::make_shared<const MeteredAccounts>(std::move(metered));
  return {};
}

Result<Caller, KeyError> KeyDirectory::find(std::string_view key) {
  if (key.empty()) return fail(KeyError::Unknown);
  const Sha256 digest = sha256(key);
  auto entry = find_in_memory(digest);
  if (!entry) {
    if (!refresh()) return fail(KeyError::StoreFailed);
    entry = find_in_memory(digest);
  }
  if (!entry) return fail(KeyError::Unknown);
  if (entry->revoked) return fail(KeyError::Revoked);
  return entry->caller;
}

std::optional<domain::Account> KeyDirectory::account(domain::AccountId id) const {
  const std::shared_lock lock(entries_mutex_);
  const auto found = accounts_.find(id);
  return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

KeyDirectory::Counts KeyDirectory::counts() const {
  const std::shared_lock lock(entries_mutex_);
  Counts counts;
  for (const auto& [digest, entry] : entries_) ++(entry.revoked ? counts.revoked : counts.usable);
  return counts;
}

Caller KeyDirectory::caller_of(const domain::Account& account) const {
  const auto found = plans_.find(account.plan);
  if (found == plans_.end()) {
    log::warning("accounts", "the plan '{}' of account {} is not configured; it counts as unlimited", account.plan,
                 account.id.value);
  }
  const domain::Plan plan = found == plans_.end() ? domain::Plan{} : found->second;
  return {.account = account.id,
          .time_zone = account.time_zone,
          .permissions = domain::kAllPermissions,
          .allowance = domain::allowance_of(plan, account.created_at),
          .api = plan.api,
          .blocked = account.blocked,
          .features_off = plan.features_off | account.features_off};
}

std::shared_ptr<const MeteredAccounts> KeyDirectory::metered_accounts() const {
  const std::shared_lock lock(entries_mutex_);
  return metered_;
}

std::optional<KeyDirectory::Entry> KeyDirectory::find_in_memory(const Sha256& digest) const {
  const std::shared_lock lock(entries_mutex_);
  const auto found = entries_.find(digest);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace parcelwake::app
