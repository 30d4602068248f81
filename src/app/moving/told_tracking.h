#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/tracking/judgement.h"
#include "domain/tracking/tracking.h"
#include "ports/carrier_catalogue.h"

namespace parcelwake::app {

// A tracking as its former keeper tells it, nothing of it checked.
struct ToldTracking {
  std::string number;
  std::string carrier;  // empty: to be detected
  std::string id;       // the keeper's own; empty: not told
  // All that is kept as it is: details, facts, moments, archived, the destination leg's carrier. Its legs have no
  // events yet.
  domain::Tracking tracking;
  std::vector<domain::Checkpoint> origin_events;       // oldest first, numbered in sequence
  std::vector<domain::Checkpoint> destination_events;  // likewise
  std::optional<domain::Reading> standing;             // as the keeper shows it; nothing: what the events say
  bool stands_as_it_is = false;  // its statuses and asking_ended in `tracking` are our own and hold: nothing is judged
  std::optional<bool> asked;     // whether its keeper still asks the carrier, where that is told
  std::optional<domain::DayCounts> days;  // as the keeper counts them
};

enum class ImportFault {
  NumberMissing,
  NumberMalformed,
  CarrierUnknown,     // not in the catalogue
  CarrierUndetected,  // not told, and no carrier's shape fits, or several equally well
};
std::string_view describe(ImportFault fault);

// A tracking to be taken over: whole but for its id.
struct ImportCommand {
  domain::Tracking tracking;
  std::string former_id;  // empty: none
};

// Whose the trackings become.
struct ImportContext {
  domain::AccountId account;
  UtcOffset time_zone;  // the account's
  const ports::CarrierCatalogue& catalogue;
};

// Makes a tracking of what was told, without a look at the store. It stands as its keeper showed it: a status that its
// events do not give, "delivered" or "exception" without a substatus, is taken for one that was set by hand. A keeper
// who asks no more stopped at the moment that its day counts allow, as near to updated_at as they let it.
Result<ImportCommand, ImportFault> accept(ToldTracking told, const ImportContext& context);

}  // namespace parcelwake::app
