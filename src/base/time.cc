#include "base/time.h"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/ascii.h"
#include "base/clock_text.h"

namespace parcelwake {
namespace {

using ClockText = std::array<char, kClockText>;

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
  append(out, text, put_date(text.data(), wall));
}

void append_date_minute(std::string& out, WallTime wall, char between) {
  ClockText text;
  append(out, text, put_date_minute(text.data(), wall, between));
}

void append_date_second(std::string& out, WallTime wall, char between) {
  ClockText text;
  append(out, text, put_date_second(text.data(), wall, between));
}

std::string to_iso(Timestamp instant, UtcOffset offset) {
  ClockText text;
  return {text.data(), put_iso(text.data(), instant, offset)};
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
