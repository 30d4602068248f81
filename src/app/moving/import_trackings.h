#pragma once

#include <span>
#include <vector>

#include "app/moving/told_tracking.h"
#include "base/result.h"
#include "ports/carrier_catalogue.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class ImportOutcome {
  Added,
  ImportedBefore,  // The same tracking of the same keeper is there: an import that was interrupted, or a row told
                   // twice.
  AlreadyThere,    // The account had the number itself. It stays as it is.
  Deleted,         // The account had the number and deleted it. It stays deleted.
};

// Takes trackings over, within the caller's transaction, and never changes one that is there. Nothing is paid: their
// former keeper was. A tracking that is still asked is scheduled somewhere within the interval after `now` in which it
// would be asked anyway, so that a large import does not come due at one moment.
//
// A former id of 32 hex digits becomes the id, unless somebody holds it; all else gets a fresh one. One outcome a
// command, in their order.
Result<std::vector<ImportOutcome>, ports::StoreError> import_trackings(std::span<const ImportCommand> commands,
                                                                       ports::TrackingStore& store,
                                                                       const ports::CarrierCatalogue& catalogue,
                                                                       ports::Random& random, Timestamp now);

}  // namespace parcelwake::app
