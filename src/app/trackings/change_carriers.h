#pragma once

#include <span>
#include <vector>

#include "app/trackings/update_trackings.h"
#include "base/result.h"
#include "ports/carrier_gateway.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class ChangeCarrierError {
  NotTracked,
  Changed,         // It is in another state than the caller expects.
  AlreadyTracked,  // The account has that number with the new carrier, which may be the present one.
};

struct ChangeCarrierCommand {
  ports::TrackingKey key;
  domain::CarrierCode carrier;  // the new one
  ExpectedStates expected{};
  DetailsPatch details{};  // what else is to change with it
  std::optional<bool> archived{};
  std::optional<domain::TrackingId> id{};  // the tracking that is meant, whatever `key` says
};

// Gives trackings to another carrier within the caller's transaction: id, created_at, details and archived stay, but
// for what the command changes; whatever the old carrier told and the customer's own status go; the status is pending,
// and the new carrier is asked at `now` where it can be. Commands that touch the same pairs take effect one after the
// other. One outcome a command, in their order.
Result<std::vector<Result<domain::Tracking, ChangeCarrierError>>, ports::StoreError> change_carriers(
    std::span<const ChangeCarrierCommand> commands, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    Timestamp now);

}  // namespace parcelwake::app
