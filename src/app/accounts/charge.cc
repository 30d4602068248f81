#include "app/accounts/charge.h"

#include <utility>

#include "app/accounts/purses.h"
#include "app/writing/write_gate.h"

namespace parcelwake::app {

Result<std::vector<Result<domain::Units, ChargeError>>, ports::StoreError> charge_accounts(
    std::span<const ChargeCommand> commands, ports::TrackingStore& store, Timestamp now) {
  std::vector<Result<domain::Units, ChargeError>> outcomes;
  outcomes.reserve(commands.size());
  Purses purses(store.ledger(), now);
  for (const ChargeCommand& command : commands) {
    const auto purse = purses.of(command.account, command.allowance);
    if (!purse) return fail(purse.error());
    if ((*purse)->pay({.kind = command.kind, .cost = command.cost, .note = command.note})) {
      outcomes.emplace_back((*purse)->left());
    } else {
      outcomes.emplace_back(fail(ChargeError::BalanceTooLow));
    }
  }
  if (const auto kept = purses.keep(); !kept) return fail(kept.error());
  return outcomes;
}

void charge(ChargeCommand command, WriteGate& gate, std::function<void(Result<void, ChargeFailure>)> done) {
  if (!command.allowance.metered) return done({});
  ChargeBatch batch;
  batch.commands.push_back(std::move(command));
  gate.submit(std::move(batch), [done = std::move(done)](auto outcome) {
    if (!outcome) return done(fail(ChargeFailure(outcome.error())));
    const auto& charged = std::get<ChargeOutcomes>(*outcome).front();
    if (!charged) return done(fail(ChargeFailure(charged.error())));
    done({});
  });
}

std::string_view describe(AdjustmentError error) {
  switch (error) {
    case AdjustmentError::BalanceTooLow:
      return "the account has less than that; 'parcelwake account show' tells how much";
    case AdjustmentError::StoreFailed:
      return "the store could not be read or written";
  }
  return "";
}

Result<domain::Balance, AdjustmentError> adjust_balance(domain::AccountId account, const domain::Allowance& allowance,
                                                        domain::Units amount, std::string_view note,
                                                        ports::TrackingStore& store, Timestamp now) {
  if (!store.begin()) return fail(AdjustmentError::StoreFailed);
  const auto abandon = [&](AdjustmentError error) {
    store.rollback();
    return fail(error);
  };
  auto balance = store.ledger().balance(account);
  if (!balance) return abandon(AdjustmentError::StoreFailed);
  std::vector<domain::LedgerEntry> lines;
  domain::Units running = balance->total();
  const auto add_line = [&](const domain::Movement& movement, std::string_view about) {
    running += movement.amount;
    lines.push_back({.account = account,
                     .at = now,
                     .kind = movement.kind,
                     .amount = movement.amount,
                     .note = std::string(about),
                     .balance = running});
  };
  for (const domain::Movement& movement : domain::settle(*balance, allowance, now)) add_line(movement, {});
  const bool credit = amount >= domain::Units{};
  if (credit) {
    balance->purchased += amount;
  } else if (!domain::take_back(*balance, -amount)) {
    return abandon(AdjustmentError::BalanceTooLow);
  }
  add_line({credit ? domain::LedgerKind::Purchase : domain::LedgerKind::Adjustment, amount}, note);
  if (!store.ledger().post(account, *balance, lines)) return abandon(AdjustmentError::StoreFailed);
  if (!store.commit()) return abandon(AdjustmentError::StoreFailed);
  return *balance;
}

}  // namespace parcelwake::app
