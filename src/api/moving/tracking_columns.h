#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/moving/told_tracking.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::api {

// What exports call the fields of a tracking and of its events, in the order of their columns. Every cell is text;
// an empty one says that there is nothing. Moments are UTC to the millisecond ("2024-03-01T10:00:00.000Z"), truths
// "true" and "false".

struct ReadContext {
  UtcOffset time_zone;  // of moments that are written without an offset
  const ports::CarrierCatalogue& catalogue;
};

struct TrackingColumn {
  std::string_view name;
  std::string (*text)(const domain::Tracking& tracking);
  // Takes a cell, which is not empty, into `told`. False: it makes no sense. nullptr: told for people alone.
  bool (*read)(std::string_view text, const ReadContext& context, app::ToldTracking& told);
};
std::span<const TrackingColumn> tracking_columns();

struct EventColumn {
  std::string_view name;  // without the "event_" that stands before it in a table
  std::string (*text)(const domain::Checkpoint& event, domain::LegKind leg);
  bool (*read)(std::string_view text, domain::Checkpoint& event, domain::LegKind& leg);
};
std::span<const EventColumn> event_columns();

// The column that a heading names: its own name, or one of those that shops' exports use ("Tracking No.", "courier"),
// whatever its case, spaces and hyphens. nullptr: none.
const TrackingColumn* tracking_column(std::string_view heading);
const EventColumn* event_column(std::string_view heading);

// Puts what was read of one tracking in order: events oldest first, legs apart.
struct ReadEvent {
  domain::Checkpoint event;
  domain::LegKind leg = domain::LegKind::Origin;
};
void take_events(std::vector<ReadEvent> events, app::ToldTracking& told);

}  // namespace parcelwake::api
