#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "ports/carrier_catalogue.h"
#include "ports/carrier_gateway.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// What the carriers of one tracking answered.
struct AnswerCommand {
  domain::TrackingId id;
  ports::CarrierAnswer origin;
  std::optional<ports::CarrierAnswer> destination;
  domain::CarrierCode asked{};  // which carrier the origin's answer is from; empty: the tracking's present one
};

// Merges answers into their trackings within the caller's transaction and decides when each is asked again, or never
// more. An answer from a carrier that the tracking was taken from meanwhile changes nothing. What moves a tracking's
// status or substatus is put into the outbox where its account listens, in the same transaction. One outcome a command,
// in their order: the tracking as it stands, nothing when it was deleted meanwhile.
Result<std::vector<std::optional<domain::Tracking>>, ports::StoreError> apply_answers(
    std::span<const AnswerCommand> commands, ports::TrackingStore& store, const ports::CarrierCatalogue& catalogue,
    ports::Random& random, Timestamp now);

}  // namespace parcelwake::app
