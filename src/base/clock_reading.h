#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace parcelwake {

// What a written clock shows.
struct ClockReading {
  enum class Detail { Date, Minute, Second };

  WallTime wall{};  // midnight when only a date was written
  Detail detail = Detail::Date;
  std::optional<UtcOffset> offset;  // where one was written

  // The instant, by a clock at `zone` where no offset was written.
  Timestamp instant(UtcOffset zone) const { return to_instant(wall, offset.value_or(zone)); }
};

// "2024-03-01", "2024-03-01 10:00", "2024-03-01T10:00:00.250+08:00"; 'T' or a space before the time, fractions to
// milliseconds, years from 1 to 9999. Nothing for anything else, times that no clock shows included.
std::optional<ClockReading> read_clock(std::string_view text);

}  // namespace parcelwake
