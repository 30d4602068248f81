#include "app/polling/claim_due.h"

namespace parcelwake::app {
namespace {

ports::CarrierQuestion question(const domain::Tracking& tracking, const domain::Leg& leg) {
  return {.carrier = leg.carrier,
          .number = leg.number.empty() ? tracking.number : domain::TrackingNumber::trusted(leg.number),
          .details = tracking.details,
          .registered_at = tracking.added_at()};
}

}  // namespace

DueAsk ask_of(const domain::Tracking& tracking) {
  DueAsk ask{.id = tracking.id, .origin = question(tracking, tracking.origin), .destination = {}};
  if (!tracking.destination.carrier.empty()) ask.destination = question(tracking, tracking.destination);
  return ask;
}

Result<std::vector<DueAsk>, ports::StoreError> claim_due(const ClaimCommand& command, ports::TrackingStore& store,
                                                         Timestamp now) {
  const auto due = store.claim_due(now, now + command.lease, command.limit);
  if (!due) return fail(due.error());
  std::vector<DueAsk> asks;
  asks.reserve(due->size());
  for (const ports::DueTracking& one : *due) asks.push_back(ask_of(one.tracking));
  return asks;
}

}  // namespace parcelwake::app
