#include "domain/tracking/timeline.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace parcelwake::domain {
namespace {

// What a second telling of one event changes. A join in a lattice (the newer connector's reading, the earlier sight,
// the lower sequence), which is what makes merging order-free.
void join(Checkpoint& known, const Checkpoint& told) {
  const auto reading_rank = [](const Checkpoint& c) {
    const auto status = c.reading ? static_cast<int>(c.reading->status) : -1;
    const auto substatus = c.reading && c.reading->substatus ? static_cast<int>(*c.reading->substatus) : -1;
    const auto milestone = c.milestone ? static_cast<int>(*c.milestone) : -1;
    const auto east = c.time.offset ? c.time.offset->east.count() : -10000;
    return std::tuple(std::string_view(c.source), c.time.offset_told, east, status, substatus, milestone, c.notice,
                      std::string_view(c.time_raw));
  };
  const std::uint16_t sequence = std::min(known.sequence, told.sequence);
  const Timestamp first_seen = std::min(known.first_seen, told.first_seen);
  if (reading_rank(known) < reading_rank(told)) known = told;
  known.sequence = sequence;
  known.first_seen = first_seen;
}

bool older(const Checkpoint& a, const Checkpoint& b) {
  return chronological(a, b) < 0;
}

}  // namespace

Timeline Timeline::restored(std::vector<Checkpoint> checkpoints) {
  Timeline timeline;
  timeline.checkpoints_ = std::move(checkpoints);
  return timeline;
}

std::size_t Timeline::merge(std::span<const Checkpoint> reported) {
  const std::size_t before = checkpoints_.size();
  for (const Checkpoint& told : reported) {
    const auto known = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                    [&](const Checkpoint& c) { return same_event(c, told); });
    if (known != checkpoints_.end()) {
      join(*known, told);
    } else {
      checkpoints_.push_back(told);
    }
  }
  std::sort(checkpoints_.begin(), checkpoints_.end(), older);
  return checkpoints_.size() - before;
}

void number_in_sequence(std::span<Checkpoint> report) {
  std::map<Timestamp, std::uint16_t> seen;
  for (Checkpoint& checkpoint : report) checkpoint.sequence = seen[checkpoint.time.order_key()]++;
}

}  // namespace parcelwake::domain
