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

}  // namespace

Result<std::vector<RealtimeStart>, ports::StoreError> begin_realtime(std::span<const RegisterCommand> commands,
                                                                     ports::TrackingStore& store,
                                                                     const ports::CarrierGateway& gateway,
                                                                     ports::Random& random, Timestamp now) {
  const auto registered = register_trackings(commands, store, gateway, random, now);
  if (!registered) return fail(registered.error());
  std::vector<ports::TrackingKey> keys;
  keys.reserve(commands.size());
  for (const RegisterCommand& command : commands) {
    keys.push_back({command.account, command.number.folded(), command.carrier});
  }
  auto stored = store.load(keys);
  if (!stored) return fail(stored.error());
  std::vector<domain::TrackingId> ids;
  ids.reserve(keys.size());
  for (const auto& one : *stored) ids.push_back(one->tracking.id);
  const auto schedules = store.schedules(ids);
  if (!schedules) return fail(schedules.error());

  std::vector<RealtimeStart> starts;
  std::vector<std::pair<domain::TrackingId, ports::Schedule>> held_back;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    domain::Tracking& tracking = (*stored)[i]->tracking;
    const bool ask = !asked_lately(tracking, (*schedules)[i], now);
    if (ask && (*schedules)[i]) {
      // Nobody else shall ask the same while this ask is under way.
      ports::Schedule later = *(*schedules)[i];
      later.due_at = std::max(later.due_at, now + kRealtimeLease);
      held_back.emplace_back(tracking.id, later);
    }
    starts.push_back({.tracking = std::move(tracking), .ask = ask});
  }
  if (const auto saved = store.reschedule(held_back); !saved) return fail(saved.error());
  return starts;
}

}  // namespace parcelwake::app
