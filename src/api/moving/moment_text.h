#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock_reading.h"
#include "domain/tracking/checkpoint.h"

namespace parcelwake::api {

// "2024-03-01T10:00:00.000Z", and back, also without fractions or with another offset; by a clock at `zone` where none
// is written. Nothing for anything else.
std::string moment_text(Timestamp moment);
std::optional<Timestamp> read_moment(std::string_view text, UtcOffset zone);

// As much of a clock as the carrier showed: "2024-03-01", "2024-03-01T10:00", "2024-03-01T10:00:09", with fractions
// where there are; empty for none.
std::string local_text(const domain::EventTime& time);

// What a clock shows, with its offset where it has one.
domain::EventTime event_time_of(const ClockReading& clock);

// The clock and its precision; no offset is set. Nothing for anything else.
std::optional<domain::EventTime> read_local(std::string_view text);

}  // namespace parcelwake::api
