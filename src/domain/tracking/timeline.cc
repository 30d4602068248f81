#include "domain/tracking/timeline.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "domain/tracking/imported_event.h"

namespace parcelwake::domain {
namespace {

// "dhl/10" is newer than "dhl/9". Connectors of different names have no age: any fixed order will do.
std::pair<std::string_view, std::uint32_t> name_and_version(std::string_view source) {
  const std::size_t slash = source.rfind('/');
  if (slash == std::string_view::npos) return {source, 0};
  std::uint32_t version = 0;
  std::from_chars(source.data() + slash + 1, source.data() + source.size(), version);
  return {source.substr(0, slash), version};
}

// Orders the tellings of one event by everything that is neither the event itself nor joined on its own.
auto rank(const Checkpoint& c) {
  const auto status = c.reading ? static_cast<int>(c.reading->status) : -1;
  const auto substatus = c.reading && c.reading->substatus ? static_cast<int>(*c.reading->substatus) : -1;
  const auto milestone = c.milestone ? static_cast<int>(*c.milestone) : -1;
  const auto east = c.time.offset ? c.time.offset->east : std::chrono::minutes::min();
  return std::tuple(name_and_version(c.source), std::string_view(c.source), c.time.offset_told, east, status, substatus,
                    milestone, c.notice, std::string_view(c.time_raw), c.time.wall.time_since_epoch());
}

// What a second telling of one event changes. A join in a lattice (the higher rank, the earlier sight, the higher
// sequence), which is what makes merging order-free.
void join(Checkpoint& known, const Checkpoint& told) {
  const std::uint16_t sequence = std::max(known.sequence, told.sequence);
  const Timestamp first_seen = std::min(known.first_seen, told.first_seen);
  if (rank(known) < rank(told)) known = told;
  known.sequence = sequence;
  known.first_seen = first_seen;
}

struct ByEvent {
  using is_transparent = void;
  bool operator()(const Checkpoint* a, const Checkpoint* b) const { return by_event(*a, *b) < 0; }
};

// What was imported is no telling of a carrier's, even of the same event: drop_retold() sees to it.
struct ByKeeperAndEvent {
  using is_transparent = void;
  bool operator()(const Checkpoint* a, const Checkpoint* b) const {
    const bool imported = is_imported(*a);
    return imported != is_imported(*b) ? imported : by_event(*a, *b) < 0;
  }
};

// Drops what was imported and is told by a carrier too, and leaves no trace of it. Carriers' own tellings are never
// dropped, which keeps merging order-free.
void drop_retold(std::vector<Checkpoint>& checkpoints) {
  const auto imported = std::stable_partition(checkpoints.begin(), checkpoints.end(),
                                              [](const Checkpoint& c) { return !is_imported(c); });
  if (imported == checkpoints.begin()) return;
  const auto gone = std::remove_if(imported, checkpoints.end(), [&](const Checkpoint& second_hand) {
    return std::any_of(checkpoints.begin(), imported, [&](const Checkpoint& own) { return retells(own, second_hand); });
  });
  checkpoints.erase(gone, checkpoints.end());
}

bool older(const Checkpoint& a, const Checkpoint& b) { return chronological(a, b) < 0; }

}  // namespace

Timeline Timeline::restored(std::vector<Checkpoint> checkpoints) {
  Timeline timeline;
  timeline.checkpoints_ = std::move(checkpoints);
  return timeline;
}

std::size_t Timeline::merge(std::span<const Checkpoint> reported) {
  std::set<Checkpoint*, ByKeeperAndEvent> known;
  for (Checkpoint& checkpoint : checkpoints_) known.insert(&checkpoint);
  std::deque<Checkpoint> added;  // A deque leaves its elements where they are when it grows.
  for (const Checkpoint& told : reported) {
    if (const auto found = known.find(&told); found != known.end()) {
      join(**found, told);
    } else {
      known.insert(&added.emplace_back(told));
    }
  }
  checkpoints_.insert(checkpoints_.end(), std::move_iterator(added.begin()), std::move_iterator(added.end()));
  drop_retold(checkpoints_);
  std::sort(checkpoints_.begin(), checkpoints_.end(), older);
  if (checkpoints_.size() > kMaxCheckpoints)
    checkpoints_.erase(checkpoints_.begin(), checkpoints_.end() - kMaxCheckpoints);
  return added.size();
}

void number_in_sequence(std::span<Checkpoint> report) {
  std::map<Timestamp, std::uint16_t> next_of;
  std::set<Checkpoint*, ByEvent> told;
  for (Checkpoint& checkpoint : report) {
    const auto [first, is_new] = told.insert(&checkpoint);
    std::uint16_t& next = next_of[checkpoint.time.order_key()];
    checkpoint.sequence = is_new ? next : (*first)->sequence;
    if (is_new && next < std::numeric_limits<std::uint16_t>::max()) ++next;
  }
}

}  // namespace parcelwake::domain
