#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "domain/account/balance.h"
#include "ports/store_error.h"

namespace parcelwake::ports {

// A balance and the line that made it, of one moment.
struct LedgerHead {
  domain::Balance balance{};
  std::int64_t last_line = 0;  // its id; 0 where there is none yet
};

// Balances and the ledgers that explain them. One thread at a time.
class LedgerReader {
 public:
  virtual ~LedgerReader() = default;

  // As it was last written; empty for an account that never had any.
  virtual Result<domain::Balance, StoreError> balance(domain::AccountId account) = 0;

  // The same with its last line: lines are only ever added, so whoever reads on up to that one explains this balance,
  // whatever is written meanwhile.
  virtual Result<LedgerHead, StoreError> head(domain::AccountId account) = 0;

  // The account's lines after the one whose id is `after` (0: from the first), oldest first, at most `limit`.
  virtual Result<std::vector<domain::LedgerEntry>, StoreError> entries(domain::AccountId account, std::int64_t after,
                                                                       std::int64_t limit) = 0;
};

class LedgerStore : public LedgerReader {
 public:
  // Within the transaction of the tracking store that this ledger belongs to: what was paid for and the payment are
  // kept together or not at all. Adds the lines in their order, their ids being given here, and keeps `after` as the
  // account's balance. All lines are of `account`.
  virtual Result<void, StoreError> post(domain::AccountId account, const domain::Balance& after,
                                        std::span<const domain::LedgerEntry> lines) = 0;
};

}  // namespace parcelwake::ports
