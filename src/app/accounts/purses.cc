#include "app/accounts/purses.h"

namespace parcelwake::app {

bool Purse::pay(const Payment& payment) {
  if (!metered_) return true;
  if (!domain::pay(balance_, payment.cost)) return false;
  if (payment.cost > domain::Units{}) note({payment.kind, -payment.cost}, balance_.total(), payment);
  return true;
}

void Purse::note(domain::Movement movement, domain::Units balance, const Payment& payment) {
  lines_.push_back({.account = account_,
                    .at = now_,
                    .kind = movement.kind,
                    .amount = movement.amount,
                    .number = std::string(payment.number),
                    .carrier = std::string(payment.carrier),
                    .note = std::string(payment.note),
                    .balance = balance});
}

Result<Purse*, ports::StoreError> Purses::of(domain::AccountId account, const domain::Allowance& allowance) {
  if (!allowance.metered) return &unmetered_;
  const auto known = purses_.find(account);
  if (known != purses_.end()) return &known->second;
  const auto balance = ledger_.balance(account);
  if (!balance) return fail(balance.error());
  Purse& purse = purses_[account];
  purse.metered_ = true;
  purse.account_ = account;
  purse.now_ = now_;
  purse.balance_ = *balance;
  domain::Units running = balance->total();
  for (const domain::Movement& movement : domain::settle(purse.balance_, allowance, now_)) {
    running += movement.amount;
    purse.note(movement, running);
  }
  return &purse;
}

Result<void, ports::StoreError> Purses::keep() {
  for (auto& [account, purse] : purses_) {
    if (purse.lines_.empty()) continue;
    if (const auto posted = ledger_.post(account, purse.balance_, purse.lines_); !posted) return posted;
    purse.lines_.clear();
  }
  return {};
}

}  // namespace parcelwake::app
