#pragma once

#include <span>
#include <vector>

#include "app/trackings/update_trackings.h"
#include "base/result.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// Stops the polling of trackings within the caller's transaction, for good: what is asked by request is still answered,
// but does not begin it again. A tracking that is not polled as it is stays untouched. One outcome a command, in their
// order.
Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> stop_asking(
    std::span<const ports::TrackingKey> keys, ports::TrackingStore& store, Timestamp now);

}  // namespace parcelwake::app
