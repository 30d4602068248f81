#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/result.h"
#include "ports/carrier_gateway.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// A tracking whose carriers are to be asked now.
struct DueAsk {
  domain::TrackingId id;
  ports::CarrierQuestion origin;
  std::optional<ports::CarrierQuestion> destination;  // once the parcel was handed on
};

// What a carrier is asked about a tracking.
DueAsk ask_of(const domain::Tracking& tracking);

struct ClaimCommand {
  std::size_t limit = 0;
  std::chrono::milliseconds lease{};  // who took a tracking and falls silent holds it back no longer than this
};

// Takes what is due, soonest first, within the caller's transaction.
Result<std::vector<DueAsk>, ports::StoreError> claim_due(const ClaimCommand& command, ports::TrackingStore& store,
                                                         Timestamp now);

}  // namespace parcelwake::app
