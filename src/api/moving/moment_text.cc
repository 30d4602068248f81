#include "api/moving/moment_text.h"

#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using domain::Precision;

void append_milliseconds(std::string& out, WallTime wall) {
  const auto fraction = (wall - std::chrono::floor<std::chrono::seconds>(wall)).count();
  out.push_back('.');
  out.push_back(static_cast<char>('0' + fraction / 100));
  out.push_back(static_cast<char>('0' + fraction / 10 % 10));
  out.push_back(static_cast<char>('0' + fraction % 10));
}

}  // namespace

std::string moment_text(Timestamp moment) {
  const WallTime wall = to_wall(moment, UtcOffset{});
  std::string out;
  append_date_second(out, wall, 'T');
  append_milliseconds(out, wall);
  out.push_back('Z');
  return out;
}

std::optional<Timestamp> read_moment(std::string_view text, UtcOffset zone) {
  const auto clock = read_clock(ascii::trimmed(text));
  if (!clock) return std::nullopt;
  return clock->instant(zone);
}

std::string local_text(const domain::EventTime& time) {
  std::string out;
  switch (time.precision) {
    case Precision::None:
      break;
    case Precision::Date:
      append_date(out, time.wall);
      break;
    case Precision::Minute:
      append_date_minute(out, time.wall, 'T');
      break;
    case Precision::Second:
      append_date_second(out, time.wall, 'T');
      if (std::chrono::floor<std::chrono::seconds>(time.wall) != time.wall) append_milliseconds(out, time.wall);
      break;
  }
  return out;
}

domain::EventTime event_time_of(const ClockReading& clock) {
  domain::EventTime time{.wall = clock.wall, .offset = clock.offset, .offset_told = clock.offset.has_value()};
  switch (clock.detail) {
    case ClockReading::Detail::Date:
      time.precision = Precision::Date;
      break;
    case ClockReading::Detail::Minute:
      time.precision = Precision::Minute;
      break;
    case ClockReading::Detail::Second:
      time.precision = Precision::Second;
      break;
  }
  return time;
}

std::optional<domain::EventTime> read_local(std::string_view text) {
  const auto clock = read_clock(ascii::trimmed(text));
  if (!clock) return std::nullopt;
  domain::EventTime time = event_time_of(*clock);
  time.offset.reset();
  time.offset_told = false;
  return time;
}

}  // namespace parcelwake::api
