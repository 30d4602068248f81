#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "ports/carrier_gateway.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class RetrackError {
  NotTracked,
  NotExpired,
};

// Takes expired trackings up again within the caller's transaction: they stand where their checkpoints say, are asked
// at `now` where the carrier can be asked, and age anew from then on. A second command for one tracking finds it
// expired no more. One outcome a command, in their order.
Result<std::vector<Result<domain::Tracking, RetrackError>>, ports::StoreError> retrack_trackings(
    std::span<const domain::TrackingId> ids, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    Timestamp now);

}  // namespace parcelwake::app
