#include "store/memory/memory_ledger.h"

namespace parcelwake::store {

using domain::Balance;
using domain::LedgerEntry;
using ports::StoreError;

Result<Balance, StoreError> MemoryLedger::balance(domain::AccountId account) {
  const auto found = balances_.find(account);
  return found == balances_.end() ? Balance{} : found->second;
}

Result<ports::LedgerHead, StoreError> MemoryLedger::head(domain::AccountId account) {
  ports::LedgerHead head{.balance = *balance(account)};
  for (const LedgerEntry& line : lines_) {
    if (line.account == account) head.last_line = line.id;
  }
  return head;
}

Result<std::vector<LedgerEntry>, StoreError> MemoryLedger::entries(domain::AccountId account, std::int64_t after,
                                                                   std::int64_t limit) {
  std::vector<LedgerEntry> found;
  for (const LedgerEntry& line : lines_) {
    if (static_cast<std::int64_t>(found.size()) >= limit) break;
    if (line.account == account && line.id > after) found.push_back(line);
  }
  return found;
}

Result<void, StoreError> MemoryLedger::post(domain::AccountId account, const Balance& after,
                                            std::span<const LedgerEntry> lines) {
  if (!in_transaction_) return fail(StoreError::Broken);
  const auto [at, is_new] = balances_.try_emplace(account);
  balances_before_.try_emplace(account, at->second);
  at->second = after;
  for (const LedgerEntry& line : lines) {
    lines_.push_back(line);
    lines_.back().id = static_cast<std::int64_t>(lines_.size());
  }
  return {};
}

void MemoryLedger::begin() {
  in_transaction_ = true;
  balances_before_.clear();
  lines_before_ = lines_.size();
}

void MemoryLedger::commit() { in_transaction_ = false; }

void MemoryLedger::rollback() {
  if (!in_transaction_) return;
  in_transaction_ = false;
  for (const auto& [account, before] : balances_before_) balances_[account] = before;
  lines_.resize(lines_before_);
}

}  // namespace parcelwake::store
