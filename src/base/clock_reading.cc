#include "base/clock_reading.h"

#include "base/ascii.h"

namespace parcelwake {
namespace {

using std::chrono::milliseconds;

std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (!ascii::is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::local_days> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || *year == 0 || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::local_days{date};
}

// Digits beyond the third are dropped; nothing where there are none.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  int value = 0;
  int scale = 1000;
  std::size_t digits = 0;
  for (; digits < text.size() && ascii::is_digit(text[digits]); ++digits) {
    if (scale == 1) continue;
    scale /= 10;
    value += (text[digits] - '0') * scale;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return milliseconds{value};
}

// From the hour on. False: no time.
bool take_time(std::string_view& text, ClockReading& clock) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return false;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return false;
  clock.wall += std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  clock.detail = ClockReading::Detail::Minute;
  if (!take(text, ':')) return true;
  const auto second = take_number(text, 2);
  if (!second || *second > 59) return false;
  clock.wall += std::chrono::seconds{*second};
  clock.detail = ClockReading::Detail::Second;
  if (!take(text, '.')) return true;
  const auto fraction = take_fraction(text);
  if (!fraction) return false;
  clock.wall += *fraction;
  return true;
}

}  // namespace

std::optional<ClockReading> read_clock(std::string_view text) {
  const auto date = take_date(text);
  if (!date) return std::nullopt;
  ClockReading clock{.wall = *date, .detail = ClockReading::Detail::Date, .offset = {}};
  if (text.empty()) return clock;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  if (!take_time(text, clock)) return std::nullopt;
  if (text.empty()) return clock;
  clock.offset = parse_utc_offset(text);
  if (!clock.offset) return std::nullopt;
  return clock;
}

}  // namespace parcelwake
