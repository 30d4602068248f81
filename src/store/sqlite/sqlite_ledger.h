#pragma once

#include "ports/ledger_store.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Balances and ledgers over the connection of a tracking store or reader, and in the transactions of that. A reader's
// connection refuses post().
class SqliteLedger final : public ports::LedgerStore {
 public:
  explicit SqliteLedger(SqliteDatabase& database);

  Result<domain::Balance, ports::StoreError> balance(domain::AccountId account) override;
  Result<ports::LedgerHead, ports::StoreError> head(domain::AccountId account) override;
  Result<std::vector<domain::LedgerEntry>, ports::StoreError> entries(domain::AccountId account, std::int64_t after,
                                                                      std::int64_t limit) override;
  // Fails as Broken outside a transaction.
  Result<void, ports::StoreError> post(domain::AccountId account, const domain::Balance& after,
                                       std::span<const domain::LedgerEntry> lines) override;

 private:
  SqliteDatabase& database_;
  Statement balance_;
  Statement head_;
  Statement keep_balance_;
  Statement entries_;
  Statement add_line_;
};

}  // namespace parcelwake::store
