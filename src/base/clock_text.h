#pragma once

#include <cstddef>

#include "base/time.h"

namespace parcelwake {

// Dates and times as text, where not even an append's look at the room that is left is wanted. Each function writes at
// `to`, which has room for kClockText characters, and returns the place after the last one.
inline constexpr std::size_t kClockText = 25;

// "2024-03-01", "2024-03-01 10:00", "2024-03-01 10:00:00". Years outside 0..9999 are clamped to them.
char* put_date(char* to, WallTime wall);
char* put_date_minute(char* to, WallTime wall, char between = ' ');
char* put_date_second(char* to, WallTime wall, char between = ' ');

// "2024-03-01T10:00:00+08:00": the instant as a clock at `offset` shows it.
char* put_iso(char* to, Timestamp instant, UtcOffset offset);

// "+08:00".
char* put_offset(char* to, UtcOffset offset);

}  // namespace parcelwake
