#include "base/time.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/ascii.h"

namespace parcelwake {
namespace {

// Writes `value` at `to` in so many digits, zeros in front; returns the place after it.
char* put(char* to, unsigned value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + width;
}
char* put(char* to, char c) {
  *to = c;
  return to + 1;
}

char* put_date(char* to, std::chrono::local_days day) {
  const std::chrono::year_month_day ymd{day};
  to = put(to, static_cast<unsigned>(std::clamp(static_cast<int>(ymd.year()), 0, 9999)), 4);
  to = put(put(to, '-'), static_cast<unsigned>(ymd.month()), 2);
  return put(put(to, '-'), static_cast<unsigned>(ymd.day()), 2);
}

char* put_minute(char* to, WallTime wall, char between) {
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  to = put(put_date(to, day), between);
  to = put(to, static_cast<unsigned>(minutes / 60), 2);
  return put(put(to, ':'), static_cast<unsigned>(minutes % 60), 2);
}

char* put_second(char* to, WallTime wall, char between) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(wall);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall - minute).count();
  to = put(put_minute(to, wall, between), ':');
  return put(to, static_cast<unsigned>(seconds), 2);
}

char* put_offset(char* to, UtcOffset offset) {
  const auto minutes = offset.east.count();
  const auto absolute = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
  to = put(put(to, minutes < 0 ? '-' : '+'), absolute / 60, 2);
  return put(put(to, ':'), absolute % 60, 2);
}

// Room for "2024-03-01 10:00:00+08:00".
using ClockText = std::array<char, 25>;

void append(std::string& out, const ClockText& text, const char* end) {
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::string to_string(UtcOffset offset) {
  ClockText text;
  return {text.data(), put_offset(text.data(), offset)};
}

std::optional<UtcOffset> parse_utc_offset(std::string_view text) {
  if (text == "Z" || text == "z") return UtcOffset{};
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool west = text[0] == '-';
  std::string digits;
  std::size_t colon = std::string_view::npos;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':' && colon == std::string_view::npos && i > 1) {
      colon = digits.size();
    } else if (ascii::is_digit(text[i])) {
      digits.push_back(text[i]);
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  std::size_t hour_digits = colon;
  if (colon == std::string_view::npos) hour_digits = digits.size() <= 2 ? digits.size() : digits.size() - 2;
  if (hour_digits > 2 || digits.size() - hour_digits == 1 || digits.size() - hour_digits > 2) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  std::from_chars(digits.data(), digits.data() + hour_digits, hours);
  std::from_chars(digits.data() + hour_digits, digits.data() + digits.size(), minutes);
  if (minutes > 59 || hours * 60 + minutes > 18 * 60) return std::nullopt;
  const auto east = std::chrono::minutes{hours * 60 + minutes};
  return UtcOffset{west ? -east : east};
}

void append_date(std::string& out, WallTime wall) {
  ClockText text;
  append(out, text, put_date(text.data(), std::chrono::floor<std::chrono::days>(wall)));
}

void append_date_minute(std::string& out, WallTime wall, char between) {
  ClockText text;
  append(out, text, put_minute(text.data(), wall, between));
}

void append_date_second(std::string& out, WallTime wall, char between) {
  ClockText text;
  append(out, text, put_second(text.data(), wall, between));
}

void append_iso(std::string& out, Timestamp instant, UtcOffset offset) {
  ClockText text;
  append(out, text, put_offset(put_second(text.data(), to_wall(instant, offset), 'T'), offset));
}

std::string to_iso(Timestamp instant, UtcOffset offset) {
  std::string out;
  append_iso(out, instant, offset);
  return out;
}

std::optional<UtcOffset> zone_offset(std::string_view zone, WallTime wall) {
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return std::nullopt;
  const date::local_info info =
      found->get_info(date::local_seconds{std::chrono::floor<std::chrono::seconds>(wall.time_since_epoch())});
  return UtcOffset{std::chrono::floor<std::chrono::minutes>(info.first.offset)};
}

bool is_known_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

}  // namespace parcelwake
