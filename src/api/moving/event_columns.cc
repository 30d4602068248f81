#include <algorithm>
#include <array>
#include <utility>

#include "api/common/fields.h"
#include "api/moving/moment_text.h"
#include "api/moving/tracking_columns.h"
#include "base/ascii.h"
#include "domain/tracking/timeline.h"

namespace parcelwake::api {
namespace {

using domain::Checkpoint;
using domain::LegKind;

template <std::string Checkpoint::*Field>
constexpr EventColumn text_column(std::string_view name) {
  return {name, [](const Checkpoint& event, LegKind) { return event.*Field; },
          [](std::string_view text, Checkpoint& event, LegKind&) {
            event.*Field = text;
            return true;
          }};
}

template <bool Checkpoint::*Field>
constexpr EventColumn truth_column(std::string_view name) {
  return {name, [](const Checkpoint& event, LegKind) { return std::string(event.*Field ? "true" : "false"); },
          [](std::string_view text, Checkpoint& event, LegKind&) {
            const auto truth = parse_truth(text);
            event.*Field = truth.value_or(false);
            return truth.has_value();
          }};
}

bool read_event_local(std::string_view text, Checkpoint& event, LegKind&) {
  const auto time = read_local(text);
  if (!time) return false;
  event.time.wall = time->wall;
  event.time.precision = time->precision;
  return true;
}

bool read_event_status(std::string_view text, Checkpoint& event, LegKind&) {
  const auto status = domain::parse_status(text);
  if (!status) return false;
  if (!event.reading) event.reading.emplace();
  event.reading->status = *status;
  return true;
}

bool read_event_substatus(std::string_view text, Checkpoint& event, LegKind&) {
  const auto substatus = domain::parse_substatus(text);
  if (!substatus) return false;
  if (!event.reading) event.reading.emplace();
  event.reading->substatus = *substatus;
  return true;
}

constexpr auto kEventColumns = std::to_array<EventColumn>({
    {"leg",
     [](const Checkpoint&, LegKind leg) { return std::string(leg == LegKind::Origin ? "origin" : "destination"); },
     [](std::string_view text, Checkpoint&, LegKind& leg) {
       leg = text == "destination" ? LegKind::Destination : LegKind::Origin;
       return text == "destination" || text == "origin";
     }},
    text_column<&Checkpoint::time_raw>("time_raw"),
    {"time_local", [](const Checkpoint& event, LegKind) { return local_text(event.time); }, read_event_local},
    {"utc_offset",
     [](const Checkpoint& event, LegKind) { return event.time.offset ? to_string(*event.time.offset) : std::string(); },
     [](std::string_view text, Checkpoint& event, LegKind&) {
       event.time.offset = parse_utc_offset(text);
       return event.time.offset.has_value();
     }},
    {"utc_offset_told",
     [](const Checkpoint& event, LegKind) { return std::string(event.time.offset_told ? "true" : "false"); },
     [](std::string_view text, Checkpoint& event, LegKind&) {
       const auto truth = parse_truth(text);
       event.time.offset_told = truth.value_or(false);
       return truth.has_value();
     }},
    // What follows from clock and offset, where both are known to the minute; never read back.
    {"time_utc",
     [](const Checkpoint& event, LegKind) {
       const bool known = event.time.offset && event.time.precision > domain::Precision::Date;
       return known ? moment_text(to_instant(event.time.wall, *event.time.offset)) : std::string();
     },
     nullptr},
    text_column<&Checkpoint::description>("description"),
    text_column<&Checkpoint::location>("location"),
    text_column<&Checkpoint::code>("code"),
    {"status",
     [](const Checkpoint& event, LegKind) {
       return event.reading ? std::string(domain::name_of(event.reading->status)) : std::string();
     },
     read_event_status},
    {"substatus",
     [](const Checkpoint& event, LegKind) {
       const bool told = event.reading && event.reading->substatus;
       return told ? std::string(domain::name_of(*event.reading->substatus)) : std::string();
     },
     read_event_substatus},
    {"milestone",
     [](const Checkpoint& event, LegKind) {
       return event.milestone ? std::string(domain::name_of(*event.milestone)) : std::string();
     },
     [](std::string_view text, Checkpoint& event, LegKind&) {
       event.milestone = domain::parse_milestone(text);
       return event.milestone.has_value();
     }},
    truth_column<&Checkpoint::notice>("notice"),
    text_column<&Checkpoint::source>("source"),
    {"first_seen_at", [](const Checkpoint& event, LegKind) { return moment_text(event.first_seen); },
     [](std::string_view text, Checkpoint& event, LegKind&) {
       const auto seen = read_moment(text, UtcOffset{});
       if (seen) event.first_seen = *seen;
       return seen.has_value();
     }},
    {"sequence", [](const Checkpoint& event, LegKind) { return std::to_string(event.sequence); },
     [](std::string_view text, Checkpoint& event, LegKind&) {
       const auto number = parse_integer(text);
       if (!number || *number < 0 || *number > 0xFFFF) return false;
       event.sequence = static_cast<std::uint16_t>(*number);
       return true;
     }},
});

}  // namespace

std::span<const EventColumn> event_columns() { return kEventColumns; }

const EventColumn* event_column(std::string_view heading) {
  constexpr std::string_view kPrefix = "event_";
  if (heading.starts_with(kPrefix)) heading.remove_prefix(kPrefix.size());
  const auto found = std::find_if(kEventColumns.begin(), kEventColumns.end(),
                                  [&](const EventColumn& column) { return column.name == heading; });
  return found == kEventColumns.end() ? nullptr : &*found;
}

void take_events(std::vector<ReadEvent> events, app::ToldTracking& told) {
  for (ReadEvent& read : events) {
    auto& leg = read.leg == LegKind::Origin ? told.origin_events : told.destination_events;
    leg.push_back(std::move(read.event));
  }
}

}  // namespace parcelwake::api
