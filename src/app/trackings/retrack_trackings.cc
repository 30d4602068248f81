#include "app/trackings/retrack_trackings.h"

#include "app/trackings/register_trackings.h"
#include "app/trackings/working_set.h"
#include "domain/tracking/absorb_report.h"

namespace parcelwake::app {

Result<std::vector<Result<domain::Tracking, RetrackError>>, ports::StoreError> retrack_trackings(
    std::span<const domain::TrackingId> ids, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    Timestamp now) {
  auto working = WorkingSet<domain::TrackingId>::load(store, ids);
  if (!working) return fail(working.error());

  std::vector<Result<domain::Tracking, RetrackError>> outcomes;
  outcomes.reserve(ids.size());
  for (const domain::TrackingId& id : ids) {
    ports::TrackingChange* change = working->find(id);
    if (change == nullptr) {
      outcomes.push_back(fail(RetrackError::NotTracked));
      continue;
    }
    domain::Tracking& tracking = change->after.tracking;
    if (!domain::retrack(tracking, now)) {
      outcomes.push_back(fail(RetrackError::NotExpired));
      continue;
    }
    change->schedule = first_schedule(tracking.carrier, gateway, now);
    working->touch(id);
    outcomes.push_back(tracking);
  }
  if (const auto saved = store.save(working->take_touched()); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
