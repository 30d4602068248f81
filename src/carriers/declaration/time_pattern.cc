#include "carriers/declaration/time_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "base/ascii.h"

namespace parcelwake::carriers {
namespace {

using domain::EventTime;
using domain::Precision;

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

constexpr std::int64_t kLastMoment = 253'402'300'799'999;  // the end of 9999, in milliseconds

// What has been read so far of a written time.
struct Parts {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = -1;  // not told
  int minute = 0;
  int second = -1;  // not told
  int millisecond = 0;
  std::optional<bool> afternoon;
  std::optional<UtcOffset> offset;
};

// Takes up to `most` digits, at least `least`; nothing when there are fewer.
std::optional<int> take_digits(std::string_view& text, int least, int most) {
  int count = 0;
  int value = 0;
  while (count < most && !text.empty() && ascii::is_digit(text.front())) {
    value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
    ++count;
  }
  return count < least ? std::nullopt : std::optional(value);
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// Decimals of a second, however many; those beyond the millisecond are cut off.
std::optional<int> take_milliseconds(std::string_view& text) {
  int value = 0;
  int count = 0;
  for (; !text.empty() && ascii::is_digit(text.front()); ++count, text.remove_prefix(1)) {
    if (count < 3) value = value * 10 + (text.front() - '0');
  }
  if (count == 0) return std::nullopt;
  for (; count < 3; ++count) value *= 10;
  return value;
}

// The names begin alike, so the longest one that fits counts; three letters do when `abbreviated`.
template <class Names>
std::optional<int> take_name(std::string_view& text, const Names& names, bool abbreviated) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const std::size_t length : {names[i].size(), std::size_t{3}}) {
      if (length == 3 && !abbreviated && names[i].size() != 3) continue;
      if (text.size() < length || !ascii::equals_ignoring_case(text.substr(0, length), names[i].substr(0, length))) {
        continue;
      }
      text.remove_prefix(length);
      if (length == 3) take(text, '.');
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

// "Z", "+02:00", "+0200", "-04.00", "+2", "UTC+2", "GMT".
std::optional<UtcOffset> take_offset(std::string_view& text) {
  if (text.starts_with("UTC") || text.starts_with("GMT")) {
    text.remove_prefix(3);
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return UtcOffset{};
  }
  const std::size_t end = text.find_first_not_of("Zz+-0123456789:.");
  std::string written(text.substr(0, end));
  std::replace(written.begin(), written.end(), '.', ':');
  if (written == "z") written = "Z";
  const auto offset = parse_utc_offset(written);
  if (offset) text.remove_prefix(written.size());
  return offset;
}

bool take_half_day(std::string_view& text, Parts& parts) {
  if (text.empty()) return false;
  const char half = ascii::lower(text.front());
  if (half != 'a' && half != 'p') return false;
  parts.afternoon = half == 'p';
  text.remove_prefix(1);
  take(text, '.');
  if (!text.empty() && ascii::lower(text.front()) == 'm') text.remove_prefix(1);
  take(text, '.');
  return true;
}

std::optional<EventTime> moment_of(const Parts& parts) {
  using namespace std::chrono;
  const year_month_day date{year{parts.year}, month(static_cast<unsigned>(parts.month)),
                            day(static_cast<unsigned>(parts.day))};
  if (!date.ok() || parts.year < 1970) return std::nullopt;
  int hour = std::max(parts.hour, 0);
  if (parts.afternoon) {
    if (hour > 12) {
      // "14:30 pm" is written by carriers and means what it says.
    } else {
      hour = hour % 12 + (*parts.afternoon ? 12 : 0);
    }
  }
  const int second = std::max(parts.second, 0);
  const bool midnight_after = hour == 24 && parts.minute == 0 && second == 0;
  if ((hour > 23 && !midnight_after) || parts.minute > 59 || second > 60) return std::nullopt;
  EventTime time;
  time.wall = WallTime{local_days{date}.time_since_epoch() + hours{hour} + minutes{parts.minute} +
                       seconds{std::min(second, 59)} + milliseconds{parts.millisecond}};
  time.offset = parts.offset;
  time.offset_told = parts.offset.has_value();
  time.precision = parts.hour < 0 ? Precision::Date : parts.second < 0 ? Precision::Minute : Precision::Second;
  return time;
}

std::optional<EventTime> moment_of_epoch(std::int64_t milliseconds, UtcOffset offset = {}) {
  if (milliseconds < 0 || milliseconds > kLastMoment) return std::nullopt;
  EventTime time;
  time.wall = to_wall(Timestamp{std::chrono::milliseconds{milliseconds}}, offset);
  time.offset = offset;
  time.offset_told = true;
  time.precision = Precision::Second;
  return time;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<EventTime> read_epoch(std::string_view text, std::int64_t unit_ms) {
  const std::size_t point = text.find('.');
  std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const auto whole = whole_number(text.substr(0, point));
  if (!whole || *whole < 0 || *whole > kLastMoment) return std::nullopt;
  const auto part = unit_ms == 1000 ? take_milliseconds(fraction).value_or(0) : 0;
  return moment_of_epoch(*whole * unit_ms + part);
}

std::optional<EventTime> read_dotnet(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::size_t close = text.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  std::string_view inner = text.substr(open + 1, close - open - 1);
  const std::size_t sign = inner.find_first_of("+-", 1);
  const auto epoch = whole_number(inner.substr(0, sign));
  if (!epoch) return std::nullopt;
  if (sign == std::string_view::npos) return moment_of_epoch(*epoch);
  const auto offset = parse_utc_offset(inner.substr(sign));
  return offset ? moment_of_epoch(*epoch, *offset) : std::nullopt;
}

bool take_clock(std::string_view& text, Parts& parts) {
  const auto hour = take_digits(text, 1, 2);
  const bool spaced = take(text, ':');
  const auto minute = take_digits(text, 2, 2);
  if (!hour || !minute) return false;
  parts.hour = *hour;
  parts.minute = *minute;
  if (spaced ? !take(text, ':') : text.empty() || !ascii::is_digit(text.front())) return true;
  const auto second = take_digits(text, 2, 2);
  if (!second) return false;
  parts.second = *second;
  if (!take(text, '.') && !take(text, ',')) return true;
  const auto milliseconds = take_milliseconds(text);
  parts.millisecond = milliseconds.value_or(0);
  return milliseconds.has_value();
}

std::optional<EventTime> read_iso(std::string_view text) {
  Parts parts;
  const auto year = take_digits(text, 4, 4);
  const bool extended = take(text, '-');
  const auto month = take_digits(text, 2, 2);
  if (!year || !month || (extended && !take(text, '-'))) return std::nullopt;
  const auto day = take_digits(text, 2, 2);
  if (!day) return std::nullopt;
  parts.year = *year;
  parts.month = *month;
  parts.day = *day;
  if (!text.empty()) {
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
    if (!take_clock(text, parts)) return std::nullopt;
    text = ascii::trimmed(text);
    if (!text.empty()) parts.offset = take_offset(text);
  }
  return text.empty() ? moment_of(parts) : std::nullopt;
}

bool skip_spaces(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty() && ascii::is_space(text.front())) text.remove_prefix(1);
  return text.size() != before;
}

bool set(int& part, std::optional<int> value) {
  if (value) part = *value;
  return value.has_value();
}

// One letter of a pattern, `length` times.
bool take_part(std::string_view& text, char letter, int length, Parts& parts) {
  const int least = length >= 2 ? 2 : 1;
  switch (letter) {
    case 'y':
      if (length == 4) return set(parts.year, take_digits(text, 4, 4));
      if (!set(parts.year, take_digits(text, 2, 2))) return false;
      parts.year += 2000;
      return true;
    case 'M':
      if (length >= 3) return set(parts.month, take_name(text, kMonths, length == 3));
      return set(parts.month, take_digits(text, least, 2));
    case 'd':
      return set(parts.day, take_digits(text, least, 2));
    case 'E':
      return take_name(text, kDays, true).has_value();
    case 'H':
    case 'h':
      return set(parts.hour, take_digits(text, least, 2));
    case 'm':
      return set(parts.minute, take_digits(text, least, 2));
    case 's':
      return set(parts.second, take_digits(text, least, 2));
    case 'S':
      return set(parts.millisecond, take_milliseconds(text));
    case 'a':
      return take_half_day(text, parts);
    default:  // 'Z': the loader lets no other letter in
      parts.offset = take_offset(text);
      return parts.offset.has_value();
  }
}

constexpr std::string_view kLetters = "yMdEHhmsSaZ";

}  // namespace

Result<TimePattern, std::string> TimePattern::compile(std::string_view pattern) {
  TimePattern compiled;
  compiled.text_ = pattern;
  if (pattern.empty()) return fail(std::string("a time pattern must not be empty"));
  if (pattern == "iso") compiled.kind_ = Kind::Iso;
  if (pattern == "epoch_s") compiled.kind_ = Kind::EpochSeconds;
  if (pattern == "epoch_ms") compiled.kind_ = Kind::EpochMilliseconds;
  if (pattern == "dotnet") compiled.kind_ = Kind::DotNet;
  if (compiled.kind_ != Kind::Letters) return compiled;
  while (!pattern.empty()) {
    const char c = pattern.front();
    if (c == '\'') {
      const std::size_t close = pattern.find('\'', 1);
      if (close == std::string_view::npos) return fail(std::string("a quote is left open"));
      compiled.tokens_.push_back({.literal = std::string(pattern.substr(1, close - 1))});
      pattern.remove_prefix(close + 1);
      continue;
    }
    const std::size_t run = std::min(pattern.find_first_not_of(c), pattern.size());
    if (!ascii::is_letter(c)) {
      compiled.tokens_.push_back({.literal = std::string(pattern.substr(0, run))});
    } else if (kLetters.find(c) != std::string_view::npos && run <= 4) {
      compiled.tokens_.push_back({.letter = c, .length = static_cast<int>(run), .literal = {}});
    } else {
      return fail("'" + std::string(pattern.substr(0, run)) + "' is no part of a time pattern");
    }
    pattern.remove_prefix(run);
  }
  return compiled;
}

std::optional<domain::EventTime> TimePattern::read(std::string_view written) const {
  written = ascii::trimmed(written);
  switch (kind_) {
    case Kind::Iso:
      return read_iso(written);
    case Kind::EpochSeconds:
      return read_epoch(written, 1000);
    case Kind::EpochMilliseconds:
      return read_epoch(written, 1);
    case Kind::DotNet:
      return read_dotnet(written);
    case Kind::Letters:
      break;
  }
  Parts parts;
  for (const Token& token : tokens_) {
    if (token.letter != 0) {
      if (!take_part(written, token.letter, token.length, parts)) return std::nullopt;
    } else if (token.literal.starts_with(' ')) {
      if (!skip_spaces(written)) return std::nullopt;
    } else if (written.starts_with(token.literal)) {
      written.remove_prefix(token.literal.size());
    } else {
      return std::nullopt;
    }
  }
  return written.empty() ? moment_of(parts) : std::nullopt;
}

}  // namespace parcelwake::carriers
