#include "carriers/engine/field.h"

#include <re2/re2.h>

#include <algorithm>
#include <chrono>

#include "base/ascii.h"
#include "carriers/engine/operation.h"

namespace parcelwake::carriers {
namespace {

constexpr std::size_t kLongestText = 4096;  // a field's; what is beyond is cut off at a character

std::string cut(std::string text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

bool is_refused(const Field& field, const std::string& text) {
  return field.except && RE2::PartialMatch(text, *field.except);
}

std::optional<domain::EventTime> moment(const TimeRule& rule, const std::string& written) {
  for (const TimePattern& pattern : rule.patterns) {
    if (const auto time = pattern.read(written)) return time;
  }
  return std::nullopt;
}

// "-04.00", "-04:00:00" and "UTC+2" are offsets as well.
std::optional<UtcOffset> offset_in(std::string text) {
  if (text.starts_with("UTC") || text.starts_with("GMT")) text.erase(0, 3);
  std::replace(text.begin(), text.end(), '.', ':');
  if (std::count(text.begin(), text.end(), ':') == 2) text.resize(text.rfind(':'));
  return parse_utc_offset(text);
}

void complete_offset(const TimeRule& rule, wire::xml::Node at, domain::EventTime& time) {
  if (time.offset || time.precision == domain::Precision::Date) return;
  if (const auto told = offset_in(read_field(rule.offset, at))) {
    time.offset = told;
    time.offset_told = true;
    return;
  }
  const auto named = rule.zones.find(read_field(rule.zone_name, at));
  const std::string& zone = named == rule.zones.end() ? rule.zone : named->second;
  if (!zone.empty()) time.offset = zone_offset(zone, time.wall);
}

}  // namespace

std::string read_field(const Field& field, wire::xml::Node at) {
  for (const wire::xml::Query& path : field.paths) {
    std::string text = collapsed(cut(path.text(at)));
    for (const Operation operation : field.operations) text = apply_operation(operation, text);
    if (!text.empty() && !is_refused(field, text)) return text;
  }
  return {};
}

std::string read_joined(const JoinedField& field, wire::xml::Node at, bool distinct) {
  std::vector<std::string> parts;
  for (const Field& part : field.parts) {
    std::string text = read_field(part, at);
    const auto same = [&](const std::string& other) { return ascii::equals_ignoring_case(other, text); };
    if (text.empty() || (distinct && std::any_of(parts.begin(), parts.end(), same))) continue;
    parts.push_back(std::move(text));
  }
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : field.separator) + part;
  return joined;
}

WrittenTime read_time(const std::vector<TimeRule>& rules, wire::xml::Node at) {
  WrittenTime read;
  for (const TimeRule& rule : rules) {
    const std::string date = read_field(rule.date, at);
    if (date.empty()) continue;
    const std::string clock = read_field(rule.time, at);
    const std::string whole = clock.empty() ? date : date + " " + clock;
    auto time = moment(rule, whole);
    if (!time && !clock.empty()) time = moment(rule, date);  // an unreadable clock does not spoil the date
    if (read.raw.empty()) read.raw = whole;
    if (!time) continue;
    complete_offset(rule, at, *time);
    return {*time, whole};
  }
  return read;
}

std::string to_iso_as_told(const domain::EventTime& time) {
  std::string out;
  if (time.precision == domain::Precision::None) return out;
  if (time.precision == domain::Precision::Date) {
    append_date(out, time.wall);
    return out;
  }
  append_date_second(out, time.wall, 'T');
  const auto milliseconds = time.wall.time_since_epoch().count() % 1000;
  if (milliseconds > 0) out += "." + std::to_string(1000 + milliseconds).substr(1);
  if (time.offset_told && time.offset) out += time.offset->east.count() == 0 ? "Z" : to_string(*time.offset);
  return out;
}

}  // namespace parcelwake::carriers
