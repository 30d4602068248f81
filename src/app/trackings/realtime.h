#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "app/trackings/register_trackings.h"
#include "base/result.h"
#include "ports/carrier_gateway.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// How long an ask by request keeps the poller from asking the same.
inline constexpr std::chrono::minutes kRealtimeLease{2};

// What begin_realtime() found.
struct RealtimeStart {
  domain::Tracking tracking;
  bool ask = false;  // its carrier is to be asked now; false: it was asked so lately that the known state is the answer
};

// The first half of asking at once: adds the numbers that are new, within the caller's transaction, and says which
// carriers to ask. The second half is apply_answers(). One outcome a command, in their order: refused is only who has
// nothing left, or not enough for a number that is new (BalanceTooLow).
Result<std::vector<Result<RealtimeStart, RegisterError>>, ports::StoreError> begin_realtime(
    std::span<const RegisterCommand> commands, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    ports::Random& random, Timestamp now);

}  // namespace parcelwake::app
