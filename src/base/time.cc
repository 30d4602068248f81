#include "base/time.h"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/ascii.h"

namespace parcelwake {
namespace {

void append_padded(std::string& out, unsigned value, int width) {
  char digits[8];
  for (int i = width - 1; i >= 0; --i, value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  out.append(digits, static_cast<std::size_t>(width));
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
  std::string out;
  const auto minutes = offset.east.count();
  out.push_back(minutes < 0 ? '-' : '+');
  const auto absolute = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
  append_padded(out, absolute / 60, 2);
  out.push_back(':');
  append_padded(out, absolute % 60, 2);
  return out;
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
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day ymd{day};
  append_padded(out, static_cast<unsigned>(std::clamp(static_cast<int>(ymd.year()), 0, 9999)), 4);
  out.push_back('-');
  append_padded(out, static_cast<unsigned>(ymd.month()), 2);
  out.push_back('-');
  append_padded(out, static_cast<unsigned>(ymd.day()), 2);
}

void append_date_minute(std::string& out, WallTime wall, char between) {
  append_date(out, wall);
  out.push_back(between);
  const auto of_day =
      std::chrono::duration_cast<std::chrono::minutes>(wall - std::chrono::floor<std::chrono::days>(wall));
  const auto minutes = static_cast<unsigned>(of_day.count());
  append_padded(out, minutes / 60, 2);
  out.push_back(':');
  append_padded(out, minutes % 60, 2);
}

void append_date_second(std::string& out, WallTime wall, char between) {
  append_date_minute(out, wall, between);
  out.push_back(':');
  const auto of_minute =
      std::chrono::floor<std::chrono::seconds>(wall - std::chrono::floor<std::chrono::minutes>(wall));
  append_padded(out, static_cast<unsigned>(of_minute.count()), 2);
}

void append_iso(std::string& out, Timestamp instant, UtcOffset offset) {
  append_date_second(out, to_wall(instant, offset), 'T');
  out += to_string(offset);
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

bool is_known_zone(std::string_view zone) {
  return find_zone(zone) != nullptr;
}

}  // namespace parcelwake
