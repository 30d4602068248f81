#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "domain/tracking/status.h"

namespace parcelwake::domain {

// How much of a clock the carrier showed.
enum class Precision : std::uint8_t { None, Date, Minute, Second };

// When something happened, as far as the carrier said. Nothing is invented: without an offset the instant is unknown.
struct EventTime {
  WallTime wall{};                  // Midnight when the precision is Date; meaningless when it is None.
  std::optional<UtcOffset> offset;  // Told by the carrier, or known from a zone that it documents.
  bool offset_told = false;         // The offset stood in the answer.
  Precision precision = Precision::None;

  // For ordering only: the instant, or without an offset the wall clock taken for UTC; before all others when the
  // carrier showed no clock.
  Timestamp order_key() const {
    if (precision == Precision::None) return Timestamp::min();
    return offset ? to_instant(wall, *offset) : Timestamp{wall.time_since_epoch()};
  }
  bool operator==(const EventTime&) const = default;
};

// One line of a carrier's report: something happened to the parcel.
struct Checkpoint {
  EventTime time;
  std::string time_raw;            // as the carrier wrote it
  std::string description;         // the carrier's words
  std::string location;            // place, state, country, joined by ", "; empty when not told
  std::string code;                // the carrier's own code; empty when it has none
  std::optional<Reading> reading;  // nothing when the code and the words are unknown to us: kept, never guessed
  std::optional<Milestone> milestone;
  bool notice = false;         // a message about the parcel (SMS sent, sender informed), never its status
  std::uint16_t sequence = 0;  // among checkpoints of one moment in one report: 0 is the oldest
  std::string source;          // connector and version that read it, "dhl-unified-json/1"
  Timestamp first_seen{};

  bool operator==(const Checkpoint&) const = default;
};

// Whether two checkpoints tell the same event: same clock, code, words and place. All else is our reading of it.
// Where the carrier showed no clock that we can read, the clock is `time_raw`.
bool same_event(const Checkpoint& a, const Checkpoint& b);

// Any order in which exactly the tellings of one event are equal; for looking events up.
std::strong_ordering by_event(const Checkpoint& a, const Checkpoint& b);

// Older first: by moment, then sequence, then what makes up the event. Total over different events, so that the order
// never depends on arrival.
std::strong_ordering chronological(const Checkpoint& a, const Checkpoint& b);

}  // namespace parcelwake::domain
