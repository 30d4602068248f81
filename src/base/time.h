#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake {

// An instant, to the millisecond, on the UTC time line.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// What a wall clock showed, somewhere. No instant until an offset is known.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

// East of Greenwich is positive. Within -18:00..+18:00.
struct UtcOffset {
  std::chrono::minutes east{0};

  auto operator<=>(const UtcOffset&) const = default;
};

inline Timestamp to_instant(WallTime wall, UtcOffset offset) {
  return Timestamp{wall.time_since_epoch() - offset.east};
}
inline WallTime to_wall(Timestamp instant, UtcOffset offset) {
  return WallTime{instant.time_since_epoch() + offset.east};
}
inline Timestamp from_unix_seconds(std::int64_t seconds) { return Timestamp{std::chrono::seconds{seconds}}; }
inline std::int64_t unix_seconds(Timestamp t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

// "+08:00", "-03:30", "+00:00".
std::string to_string(UtcOffset offset);

// "+08:00", "+0800", "-3:30", "+8", "Z"; nothing for anything else or beyond 18 hours.
std::optional<UtcOffset> parse_utc_offset(std::string_view text);

// "2024-03-01T10:00:00+08:00": the instant as a clock at `offset` shows it, to the second.
std::string to_iso(Timestamp instant, UtcOffset offset);

// "2024-03-01 10:00:00", "2024-03-01 10:00", "2024-03-01". Years outside 0..9999 are clamped to them.
void append_date(std::string& out, WallTime wall);
void append_date_minute(std::string& out, WallTime wall, char between = ' ');
void append_date_second(std::string& out, WallTime wall, char between = ' ');

// The offset of an IANA zone ("Europe/Berlin") when its clocks show `wall`; in the hour that occurs twice the first.
// Nothing for an unknown zone. Uses the system's tz database. Thread-safe.
std::optional<UtcOffset> zone_offset(std::string_view zone, WallTime wall);
bool is_known_zone(std::string_view zone);

}  // namespace parcelwake
