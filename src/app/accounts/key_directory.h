#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/accounts/caller.h"
#include "base/result.h"
#include "domain/account/account.h"
#include "ports/account_store.h"

namespace parcelwake::app {

enum class KeyError {
  Unknown,  // Missing, or nobody's.
  Revoked,
  StoreFailed,  // Not in memory, and the store cannot be read just now.
};

// An account whose balance is counted.
struct MeteredAccount {
  domain::AccountId account{};
  domain::Allowance allowance{};
};
using MeteredAccounts = std::vector<MeteredAccount>;

// The accounts and keys of the store, held in memory so that a request costs one digest and no statement. Thread-safe.
class KeyDirectory {
 public:
  // `store`: a connection of the directory's own. `plans`: what the accounts' plans mean; one that is not among them is
  // as good as unlimited, and the log says so.
  explicit KeyDirectory(std::unique_ptr<ports::AccountStore> store, domain::Plans plans = domain::default_plans())
      : store_(std::move(store)), plans_(std::move(plans)) {}

  // Reads everything anew when the store was changed since the last time. Called about every half second, so that a key
  // revoked elsewhere stops within a second.
  Result<void, ports::StoreError> refresh();

  // A key that is not in memory makes the store be asked whether it changed, and read anew if so: a new key works at
  // once, and a wrong one costs one small statement however many are tried.
  Result<Caller, KeyError> find(std::string_view key);

  // The account of a caller, as it was at the last refresh(); nothing when it is not in memory.
  std::optional<domain::Account> account(domain::AccountId id) const;

  // How many keys are in memory, for metrics: it looks at each.
  struct Counts {
    std::size_t usable = 0;
    std::size_t revoked = 0;
  };
  Counts counts() const;

  // As of the last refresh(); another object after each that read anything anew. Never nullptr.
  std::shared_ptr<const MeteredAccounts> metered_accounts() const;

 private:
  struct Entry {
    Caller caller;
    bool revoked = false;
  };
  struct DigestHash {
    std::size_t operator()(const Sha256& digest) const noexcept;
  };
  struct DigestEqual {
    bool operator()(const Sha256& a, const Sha256& b) const noexcept;  // in constant time
  };
  using Entries = std::unordered_map<Sha256, Entry, DigestHash, DigestEqual>;

  using Accounts = std::unordered_map<domain::AccountId, domain::Account>;

  Caller caller_of(const domain::Account& account) const;
  std::optional<Entry> find_in_memory(const Sha256& digest) const;

  mutable std::shared_mutex entries_mutex_;  // of both below
  Entries entries_;
  Accounts accounts_;
  std::shared_ptr<const MeteredAccounts> metered_ = std::make_shared<MeteredAccounts>();
  std::mutex store_mutex_;
  std::unique_ptr<ports::AccountStore> store_;
  domain::Plans plans_;
  std::optional<std::int64_t> data_version_;
};

}  // namespace parcelwake::app
