#include "app/trackings/stop_asking.h"

#include "app/trackings/working_set.h"

namespace parcelwake::app {
namespace {

// The schedules of the trackings that are there, one entry a key.
Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules_of(
    std::span<const ports::TrackingKey> keys, WorkingSet<ports::TrackingKey>& working, ports::TrackingStore& store) {
  std::vector<domain::TrackingId> ids;
  ids.reserve(keys.size());
  for (const ports::TrackingKey& key : keys) {
    const ports::TrackingChange* change = working.find(key);
    ids.push_back(change == nullptr ? domain::TrackingId{} : change->after.tracking.id);
  }
  return store.schedules(ids);
}

}  // namespace

Result<std::vector<Result<domain::Tracking, UpdateError>>, ports::StoreError> stop_asking(
    std::span<const ports::TrackingKey> keys, ports::TrackingStore& store, Timestamp now) {
  auto working = WorkingSet<ports::TrackingKey>::load(store, keys);
  if (!working) return fail(working.error());
  const auto schedules = schedules_of(keys, *working, store);
  if (!schedules) return fail(schedules.error());

  std::vector<Result<domain::Tracking, UpdateError>> outcomes;
  outcomes.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ports::TrackingChange* change = working->find(keys[i]);
    if (change == nullptr) {
      outcomes.push_back(fail(UpdateError::NotTracked));
      continue;
    }
    domain::Tracking& tracking = change->after.tracking;
    if (tracking.asked()) {
      const auto& schedule = (*schedules)[i];
      tracking.asking_ended = schedule && schedule->last_asked ? *schedule->last_asked : now;
      domain::mark_changed(tracking, now);
      change->unscheduled = true;
      working->touch(keys[i]);
    }
    outcomes.push_back(tracking);
  }
  if (const auto saved = store.save(working->take_touched()); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
