#include "app/trackings/change_carriers.h"

#include <set>
#include <utility>

#include "app/trackings/present_keys.h"
#include "app/trackings/register_trackings.h"

namespace parcelwake::app {
namespace {

using Outcomes = std::vector<Result<domain::Tracking, ChangeCarrierError>>;

using Commands = std::span<const ChangeCarrierCommand>;
using Keys = std::span<const ports::TrackingKey>;  // of the commands, in their order

ports::TrackingKey new_key_of(const ChangeCarrierCommand& command, const ports::TrackingKey& key) {
  return {.account = key.account, .folded_number = key.folded_number, .carrier = command.carrier};
}

domain::Tracking given_over(const ChangeCarrierCommand& command, const domain::Tracking& tracking, Timestamp now) {
  domain::Tracking given;
  given.id = tracking.id;
  given.account = tracking.account;
  given.number = tracking.number;
  given.carrier = command.carrier;
  given.origin.carrier = command.carrier;
  given.details = tracking.details;
  given.created_at = tracking.created_at;
  given.readded_at = now;
  given.updated_at = tracking.updated_at;
  domain::mark_changed(given, now);
  given.archived = command.archived.value_or(tracking.archived);
  patch(given.details, command.details);
  return given;
}

// How many of `commands`, from the first, touch no pair twice: these can be carried out together.
std::size_t independent(Commands commands, Keys keys) {
  std::set<ports::TrackingKey> touched;
  std::size_t count = 0;
  for (; count < commands.size(); ++count) {
    const ports::TrackingKey& key = keys[count];
    const bool of_old = touched.insert(key).second;
    const bool of_new =
        touched.insert(new_key_of(commands[count], key)).second || commands[count].carrier == key.carrier;
    if (!of_old || !of_new) break;
  }
  return count;
}

Result<void, ports::StoreError> change_independent(Commands commands, Keys keys, ports::TrackingStore& store,
                                                   const ports::CarrierGateway& gateway, Timestamp now,
                                                   Outcomes& outcomes) {
  std::vector<ports::TrackingKey> places;
  places.reserve(2 * commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    places.push_back(keys[i]);
    places.push_back(new_key_of(commands[i], keys[i]));
  }
  const auto found = store.load(places);
  if (!found) return fail(found.error());
  std::vector<ports::TrackingChange> changes;
  changes.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto& present = (*found)[2 * i];
    const auto& in_the_way = (*found)[2 * i + 1];
    if (!present || present->deleted) {
      outcomes.push_back(fail(ChangeCarrierError::NotTracked));
    } else if (!is_expected(present->tracking, commands[i].expected)) {
      outcomes.push_back(fail(ChangeCarrierError::Changed));
    } else if (in_the_way && !in_the_way->deleted) {
      outcomes.push_back(fail(ChangeCarrierError::AlreadyTracked));
    } else {
      domain::Tracking tracking = given_over(commands[i], present->tracking, now);
      outcomes.push_back(tracking);
      changes.push_back({.before = &*present,
                         .after = {.tracking = std::move(tracking), .deleted = false},
                         .schedule = first_schedule(commands[i].carrier, gateway, now),
                         .unscheduled = false});
    }
  }
  return store.save(changes);
}

}  // namespace

Result<Outcomes, ports::StoreError> change_carriers(std::span<const ChangeCarrierCommand> commands,
                                                    ports::TrackingStore& store, const ports::CarrierGateway& gateway,
                                                    Timestamp now) {
  Outcomes outcomes;
  outcomes.reserve(commands.size());
  while (!commands.empty()) {
    const auto keys = present_keys(commands, store);
    if (!keys) return fail(keys.error());
    const std::size_t together = independent(commands, *keys);
    const auto done =
        change_independent(commands.first(together), Keys(*keys).first(together), store, gateway, now, outcomes);
    if (!done) return fail(done.error());
    commands = commands.subspan(together);
  }
  return outcomes;
}

}  // namespace parcelwake::app
