#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// Where a parcel stands once `next` is said of it. Delivered is final: nothing later undoes it, except that the carrier
// takes it back (the parcel is returned).
Reading followed_by(const std::optional<Reading>& standing, const Reading& next);

// Where the parcel stands by both legs' checkpoints: the reading of the newest one that has a reading and is no notice,
// as followed_by() has it. By the statuses that the carriers reported of their own when no checkpoint could be read.
// Nothing when no checkpoint could be read and no carrier reported a status of its own.
std::optional<Reading> judge(const Leg& origin, const Leg& destination);

// The newest checkpoint of both legs; of two at one moment the destination's. nullptr when there is none.
const Checkpoint* newest_checkpoint(const Leg& origin, const Leg& destination);

// For each milestone the checkpoint that reached it first, or nullptr. In the leg where a journey begins the first
// checkpoint of all that has a time stands for ItemReceived when none says so itself, whatever else it is.
using Milestones = std::array<const Checkpoint*, kMilestoneCount>;
Milestones milestones_of(const Timeline& timeline, LegKind leg);

// Whole days, part days counted full. Clocks of different places are compared as they stand.
struct DayCounts {
  std::int64_t in_transit = 0;    // first checkpoint to the newest when delivered, else to `last_asked`
  std::int64_t since_newest = 0;  // newest checkpoint to `last_asked`
};
// `last_asked`: the wall clock at the last ask, in the account's zone. Nothing before any checkpoint has a time.
// Formulas and vectors: TrackingMore v2 fields itemTimeLength and stayTimeLength, from recorded answers.
std::optional<DayCounts> count_days(const Tracking& tracking, WallTime last_asked);

// Until when, that moment included, a last ask gives the counts that `last_asked` gives. The end of time when no later
// one ever changes them.
WallTime day_counts_hold_until(const Tracking& tracking, WallTime last_asked);

// From the first to the newest checkpoint in the same days: what in_transit is of a delivered parcel.
std::optional<std::int64_t> days_travelled(const Tracking& tracking);

}  // namespace parcelwake::domain
