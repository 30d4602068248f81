#include "app/accounts/key_directory.h"

#include <cstring>
#include <string_view>

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
  const auto accounts = store_->accounts();
  if (!accounts) return fail(accounts.error());
  const auto keys = store_->keys();
  if (!keys) return fail(keys.error());

  Accounts by_id;
  for (const domain::Account& account : *accounts) by_id[account.id] = account;
  Entries entries;
  for (const domain::ApiKey& key : *keys) {
    entries[key.digest] = {.caller = {.account = key.account, .time_zone = by_id[key.account].time_zone},
                           .revoked = key.revoked};
  }
  data_version_ = *version;
  const std::unique_lock lock(entries_mutex_);
  entries_.swap(entries);
  accounts_.swap(by_id);
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

std::optional<KeyDirectory::Entry> KeyDirectory::find_in_memory(const Sha256& digest) const {
  const std::shared_lock lock(entries_mutex_);
  const auto found = entries_.find(digest);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace parcelwake::app
