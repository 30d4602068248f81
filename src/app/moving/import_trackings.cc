#include "app/moving/import_trackings.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using domain::Tracking;
using domain::TrackingId;

ports::TrackingKey key_of(const Tracking& tracking) {
  return {.account = tracking.account, .folded_number = tracking.number.folded(), .carrier = tracking.carrier};
}

ports::Schedule schedule_for(const Tracking& tracking, const ports::CarrierCatalogue& catalogue, ports::Random& random,
                             Timestamp now) {
  const domain::Carrier* carrier = catalogue.find(tracking.carrier);
  const auto kind = carrier == nullptr ? domain::CarrierKind::Express : carrier->kind;
  const std::uint64_t dice = random.bits();
  const auto interval = domain::ask_interval(tracking, kind, now, static_cast<std::uint32_t>(dice));
  const double share = static_cast<double>(dice >> 32) / 4294967296.0;
  ports::Schedule schedule;
  schedule.due_at =
      now + std::chrono::milliseconds{static_cast<std::int64_t>(share * static_cast<double>(interval.count()))};
  return schedule;
}

// The ids that the commands would like, and which of them somebody has.
struct Wishes {
  std::vector<std::optional<TrackingId>> ids;
  std::map<TrackingId, ports::TrackingKey> taken;
};

Result<Wishes, ports::StoreError> wishes_of(std::span<const ImportCommand> commands, ports::TrackingStore& store) {
  Wishes wishes;
  std::vector<TrackingId> wanted;
  for (const ImportCommand& command : commands) {
    wishes.ids.push_back(TrackingId::parse(command.former_id));
    if (wishes.ids.back()) wanted.push_back(*wishes.ids.back());
  }
  const auto held = store.load(wanted);
  if (!held) return fail(held.error());
  for (const auto& stored : *held) {
    if (stored) wishes.taken.emplace(stored->tracking.id, key_of(stored->tracking));
  }
  return wishes;
}

// Earlier versions put the bucket in the place of a former id's first three digits.
bool is_former(const TrackingId& former, const Tracking& stored) {
  return stored.id == former || stored.id == former.moved_to(stored.bucket());
}

ImportOutcome outcome_of(const ports::StoredTracking& stored, const std::optional<TrackingId>& wish) {
  if (stored.deleted) return ImportOutcome::Deleted;
  return wish && is_former(*wish, stored.tracking) ? ImportOutcome::ImportedBefore : ImportOutcome::AlreadyThere;
}

}  // namespace

Result<std::vector<ImportOutcome>, ports::StoreError> import_trackings(std::span<const ImportCommand> commands,
                                                                       ports::TrackingStore& store,
                                                                       const ports::CarrierCatalogue& catalogue,
                                                                       ports::Random& random, Timestamp now) {
  std::vector<ports::TrackingKey> keys;
  keys.reserve(commands.size());
  for (const ImportCommand& command : commands) keys.push_back(key_of(command.tracking));
  const auto found = store.load(keys);
  if (!found) return fail(found.error());
  auto wishes = wishes_of(commands, store);
  if (!wishes) return fail(wishes.error());

  std::vector<ImportOutcome> outcomes;
  std::vector<ports::TrackingChange> changes;
  std::set<ports::TrackingKey> added;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto& wish = wishes->ids[i];
    if ((*found)[i]) {
      outcomes.push_back(outcome_of(*(*found)[i], wish));
      continue;
    }
    if (!added.insert(keys[i]).second) {
      outcomes.push_back(ImportOutcome::ImportedBefore);
      continue;
    }
    Tracking tracking = commands[i].tracking;
    const bool wish_granted = wish && wishes->taken.try_emplace(*wish, keys[i]).second;
    tracking.id = wish_granted ? *wish
                               : TrackingId::make(domain::bucket_of(tracking.account, keys[i].folded_number),
                                                  tracking.created_at, random.bits());
    ports::TrackingChange change;
    if (tracking.asked()) change.schedule = schedule_for(tracking, catalogue, random, now);
    change.after.tracking = std::move(tracking);
    changes.push_back(std::move(change));
    outcomes.push_back(ImportOutcome::Added);
  }
  if (const auto saved = store.save(changes); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
