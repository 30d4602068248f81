#include "app/trackings/realtime.h"

#include <algorithm>

#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

bool asked_lately(const domain::Tracking& tracking, const std::optional<ports::Schedule>& schedule, Timestamp now) {
  std::optional<Timestamp> last = schedule ? schedule->last_asked : std::nullopt;
  // Of a pending parcel no carrier has spoken, whenever it was that asking ended.
  if (!last && tracking.computed_status != domain::Status::Pending) last = tracking.asking_ended;
  return last && now - *last < domain::kRealtimeWindow;
}

// A number that is there already is what realtime is for.
bool is_refused(const Result<Registered, RegisterError>& outcome) {
  return !outcome && outcome.error() != RegisterError::AlreadyTracked;
}

}  // namespace

Result<std::vector<Result<RealtimeStart, RegisterError>>, ports::StoreError> begin_realtime(
    std::span<const RegisterCommand> commands, ports::TrackingStore& store, const ports::CarrierGateway& gateway,
    ports::Random& random, Timestamp now) {
  const auto registered = register_trackings(commands, store, gateway, random, now, domain::LedgerKind::RealtimeCreate);
  if (!registered) return fail(registered.error());
  std::vector<ports::TrackingKey> keys;  // of those that are not refused
  keys.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (is_refused((*registered)[i])) continue;
    keys.push_back({commands[i].account, commands[i].number.folded(), commands[i].carrier});
  }
  auto stored = store.load(keys);
  if (!stored) return fail(stored.error());
  std::vector<domain::TrackingId> ids;
  ids.reserve(keys.size());
  for (const auto& one : *stored) ids.push_back(one->tracking.id);
  const auto schedules = store.schedules(ids);
  if (!schedules) return fail(schedules.error());

  std::vector<Result<RealtimeStart, RegisterError>> starts;
  starts.reserve(commands.size());
  std::vector<std::pair<domain::TrackingId, ports::Schedule>> held_back;
  std::size_t next = 0;
  for (const auto& outcome : *registered) {
    if (is_refused(outcome)) {
      starts.emplace_back(fail(outcome.error()));
      continue;
    }
    const std::size_t place = next++;
    domain::Tracking& tracking = (*stored)[place]->tracking;
    const auto& schedule = (*schedules)[place];
    const bool ask = !asked_lately(tracking, schedule, now);
    if (ask && schedule) {
      // Nobody else shall ask the same while this ask is under way.
      ports::Schedule later = *schedule;
      later.due_at = std::max(later.due_at, now + kRealtimeLease);
      held_back.emplace_back(tracking.id, later);
    }
    starts.emplace_back(RealtimeStart{.tracking = std::move(tracking), .ask = ask});
  }
  if (const auto saved = store.reschedule(held_back); !saved) return fail(saved.error());
  return starts;
}

}  // namespace parcelwake::app
