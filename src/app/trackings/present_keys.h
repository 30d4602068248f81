#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// Where each command's tracking is found now, one key a command, in their order: by the command's `id` where it has
// one, else its `key`. Between a caller's look at an id and the write another caller may have given its number to
// another carrier, and the number's old place to another tracking. An id that nobody has gives a key that no tracking
// has.
template <class Command>
Result<std::vector<ports::TrackingKey>, ports::StoreError> present_keys(std::span<const Command> commands,
                                                                        ports::TrackingStore& store) {
  std::vector<ports::TrackingKey> keys;
  keys.reserve(commands.size());
  std::vector<domain::TrackingId> ids;
  for (const Command& command : commands) {
    keys.push_back(command.key);
    if (command.id) ids.push_back(*command.id);
  }
  if (ids.empty()) return keys;
  const auto found = store.load(ids);
  if (!found) return fail(found.error());
  auto next = found->begin();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (!commands[i].id) continue;
    keys[i] = {};
    if (const auto& stored = *next++) {
      const domain::Tracking& tracking = stored->tracking;
      keys[i] = {.account = tracking.account, .folded_number = tracking.number.folded(), .carrier = tracking.carrier};
    }
  }
  return keys;
}

}  // namespace parcelwake::app
