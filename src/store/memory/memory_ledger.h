#pragma once

#include <map>
#include <vector>

#include "ports/ledger_store.h"

namespace parcelwake::store {

// The ledger of a MemoryTrackingStore, which tells it where transactions begin and end.
class MemoryLedger final : public ports::LedgerStore {
 public:
  Result<domain::Balance, ports::StoreError> balance(domain::AccountId account) override;
  Result<ports::LedgerHead, ports::StoreError> head(domain::AccountId account) override;
  Result<std::vector<domain::LedgerEntry>, ports::StoreError> entries(domain::AccountId account, std::int64_t after,
                                                                      std::int64_t limit) override;
  // Fails as Broken outside a transaction.
  Result<void, ports::StoreError> post(domain::AccountId account, const domain::Balance& after,
                                       std::span<const domain::LedgerEntry> lines) override;

  void begin();
  void commit();
  void rollback();

 private:
  std::map<domain::AccountId, domain::Balance> balances_;
  std::vector<domain::LedgerEntry> lines_;  // by id
  std::map<domain::AccountId, domain::Balance> balances_before_;
  std::size_t lines_before_ = 0;
  bool in_transaction_ = false;
};

}  // namespace parcelwake::store
