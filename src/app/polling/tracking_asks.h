#pragma once

#include <optional>
#include <utility>

#include "app/polling/open_asks.h"
#include "base/result.h"
#include "domain/tracking/tracking.h"
#include "ports/store_error.h"

namespace parcelwake::app {

// The asks for trackings that are under way, the poller's and those by request. What comes of one is the tracking with
// its answer merged and kept, nothing when it was deleted meanwhile; or that it could not be kept. A tracking that is
// given to another carrier meanwhile is asked for anew.
using TrackingAskKey = std::pair<domain::TrackingId, domain::CarrierCode>;
using TrackingAskOutcome = Result<std::optional<domain::Tracking>, ports::StoreError>;
using TrackingAsks = OpenAsks<TrackingAskKey, TrackingAskOutcome>;

}  // namespace parcelwake::app
