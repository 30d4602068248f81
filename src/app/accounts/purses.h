#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/account/balance.h"
#include "ports/ledger_store.h"

namespace parcelwake::app {

// What is to be paid, and what for.
struct Payment {
  domain::LedgerKind kind = domain::LedgerKind::Create;
  domain::Units cost{};
  std::string_view number{};
  std::string_view carrier{};
  std::string_view note{};
};

// What one account can spend while a use case runs. An account that is not metered pays for nothing.
class Purse {
 public:
  bool can_pay(domain::Units cost) const { return !metered_ || balance_.total() >= cost; }
  bool is_empty() const { return metered_ && balance_.total() <= domain::Units{}; }
  domain::Units left() const { return balance_.total(); }

  // False, and nothing changed, when there is not enough.
  bool pay(const Payment& payment);

 private:
  friend class Purses;
  void note(domain::Movement movement, domain::Units balance, const Payment& payment = {});

  bool metered_ = false;
  domain::AccountId account_{};
  Timestamp now_{};
  domain::Balance balance_{};
  std::vector<domain::LedgerEntry> lines_;  // not written yet
};

// The purses that one use case pays from, within its caller's transaction: each is read once, with what is due to it
// granted, and what was paid is written by keep(). Accounts that are not metered cost no statement.
class Purses {
 public:
  Purses(ports::LedgerStore& ledger, Timestamp now) : ledger_(ledger), now_(now) {}

  // Never nullptr; stays while this object lives.
  Result<Purse*, ports::StoreError> of(domain::AccountId account, const domain::Allowance& allowance);

  // Writes what moved, and nothing where nothing did.
  Result<void, ports::StoreError> keep();

 private:
  ports::LedgerStore& ledger_;
  Timestamp now_;
  Purse unmetered_;
  std::map<domain::AccountId, Purse> purses_;
};

}  // namespace parcelwake::app
