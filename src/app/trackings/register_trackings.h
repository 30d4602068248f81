#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/account/balance.h"
#include "domain/tracking/tracking.h"
#include "ports/carrier_catalogue.h"
#include "ports/carrier_gateway.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class RegisterError {
  NumberMissing,
  NumberMalformed,
  CarrierUnknown,     // Not given where it must be, or not in the catalogue.
  CarrierUndetected,  // Left to us, and no carrier's shape fits, or several equally well.
  AlreadyTracked,
  BalanceTooLow,  // The account cannot pay for one more number.
};

// What a caller asks for, as it came.
struct RegisterRequest {
  domain::AccountId account;
  std::string_view number;
  std::string_view carrier;  // empty: not given
  domain::Details details;
  domain::Allowance allowance{};  // the account's
};

// The same once it is known to make sense.
struct RegisterCommand {
  domain::AccountId account;
  domain::TrackingNumber number;
  domain::CarrierCode carrier;
  domain::Details details;
  domain::Allowance allowance{};  // of the account, which pays for a number that is new to it
  // The caller asks the carrier at once itself: for as long as kRealtimeLease the poller does not.
  bool asked_by_caller = false;
};

enum class CarrierChoice { Required, DetectedWhenMissing };

// Checks a request without a look at the store. The carrier is checked before the number.
Result<RegisterCommand, RegisterError> accept(RegisterRequest request, CarrierChoice choice,
                                              const ports::CarrierCatalogue& catalogue);

// The one carrier a number can be taken for: the best candidate, unless its check digit fails or another is as good.
std::optional<domain::CarrierCode> detect_carrier(std::string_view number, const ports::DetectHints& hints,
                                                  const ports::CarrierCatalogue& catalogue);

// When a tracking that is new to its carrier is first asked: at `now`, where the carrier can be asked.
ports::Schedule first_schedule(const domain::CarrierCode& carrier, const ports::CarrierGateway& gateway, Timestamp now);

struct Registered {
  domain::Tracking tracking;
  Timestamp registered_at;  // now; the tracking's created_at is older when it had been deleted
};

// Adds trackings, within the caller's transaction, and schedules the first ask for `now` where the carrier can be
// asked. A number that was deleted before comes back with its id and first created_at, and for nothing; any other is
// paid for, as `kind`, where the account is metered: who cannot pay is told so even of a number that is there already.
// One outcome a command, in their order.
Result<std::vector<Result<Registered, RegisterError>>, ports::StoreError> register_trackings(
    std::span<const RegisterCommand> commands, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    ports::Random& random, Timestamp now, domain::LedgerKind kind = domain::LedgerKind::Create);

}  // namespace parcelwake::app
