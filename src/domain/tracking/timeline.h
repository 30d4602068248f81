#pragma once

#include <span>
#include <utility>
#include <vector>

#include "domain/tracking/checkpoint.h"

namespace parcelwake::domain {

// The checkpoints of one leg of a journey, oldest first, each told once.
//
// Carriers resend, reorder and correct what they said, so a timeline grows by merging, never by appending. Merging is
// idempotent and order-free: the same reports, in any order and any number of times, give the same timeline.
// Not safe for use from two threads.
class Timeline {
 public:
  // No journey comes near it; it bounds what a carrier gone mad can make us keep. Beyond it the oldest are forgotten.
  static constexpr std::size_t kMaxCheckpoints = 1000;

  Timeline() = default;

  // Takes over checkpoints that an earlier Timeline held, in its order (a stored row).
  static Timeline restored(std::vector<Checkpoint> checkpoints);

  // Gives the checkpoints away, for the sake of their room; the timeline is empty afterwards.
  std::vector<Checkpoint> release() { return std::exchange(checkpoints_, {}); }

  // Takes over what is new in `reported` and returns how many checkpoints that were. An event already known keeps the
  // earliest `first_seen`, the highest `sequence` (the fullest report's) and the reading of the newest connector; that
  // alone counts as no new checkpoint. What was imported gives way to the carrier's own telling of it
  // (imported_event.h). Takes n log n steps; imported checkpoints are compared with all those of carriers, and
  // counted also where they give way at once.
  std::size_t merge(std::span<const Checkpoint> reported);

  std::span<const Checkpoint> checkpoints() const { return checkpoints_; }
  bool empty() const { return checkpoints_.empty(); }
  const Checkpoint& newest() const { return checkpoints_.back(); }  // only when not empty

  bool operator==(const Timeline&) const = default;

 private:
  std::vector<Checkpoint> checkpoints_;
};

// Numbers the checkpoints of one report so that those of one moment keep the carrier's own order; an event told twice
// stands where it was told first. `report` must run from the oldest to the newest, as the carrier lists them.
void number_in_sequence(std::span<Checkpoint> report);

}  // namespace parcelwake::domain
