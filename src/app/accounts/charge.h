#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/account/balance.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

class WriteGate;

// A call that has its price. `cost` may be nothing: then only what is due to the account (its month's grant, the end of
// its trial) is brought up to date.
struct ChargeCommand {
  domain::AccountId account{};
  domain::Allowance allowance{};
  domain::LedgerKind kind = domain::LedgerKind::Detect;
  domain::Units cost{};
  std::string note{};  // what the call was about, for whoever reads the ledger
};

enum class ChargeError {
  BalanceTooLow,  // Nothing was taken.
};

// Charges within the caller's transaction. Says for each command, in their order, what the account has left: nothing
// for who is not metered.
Result<std::vector<Result<domain::Units, ChargeError>>, ports::StoreError> charge_accounts(
    std::span<const ChargeCommand> commands, ports::TrackingStore& store, Timestamp now);

using ChargeFailure = std::variant<ChargeError, ports::StoreError>;

// Charges for one call, all of it or nothing, and calls back once: when the charge is durable, on the gate's thread, or
// at once on the caller's where the account is not metered, which costs nothing, or where too much waits to be written.
//
// A route that has its price charges when it knows that it can answer, and answers when it is called back:
//
//   app::charge({.account = call.caller.account, .allowance = call.caller.allowance,
//                .kind = domain::LedgerKind::AirCargo, .cost = domain::kCostOfWaybill, .note = waybill},
//               call.services.writes, [answerer, …](auto charged) {
//                 if (!charged) return answerer.send_empty(meta_for(charged.error()));
//                 answerer.send_data(…);
//               });
void charge(ChargeCommand command, WriteGate& gate, std::function<void(Result<void, ChargeFailure>)> done);

enum class AdjustmentError {
  BalanceTooLow,  // Less than that is left. Nothing was taken.
  StoreFailed,
};

// What to tell the person at the keyboard.
std::string_view describe(AdjustmentError error);

// Brings a balance up to date, as every charge does, then credits `amount` to it as purchased, or, below nothing, takes
// it away, in a transaction of its own. Says the balance afterwards. `allowance`: what the account's plan gives it.
Result<domain::Balance, AdjustmentError> adjust_balance(domain::AccountId account, const domain::Allowance& allowance,
                                                        domain::Units amount, std::string_view note,
                                                        ports::TrackingStore& store, Timestamp now);

}  // namespace parcelwake::app
