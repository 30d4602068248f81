#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "carriers/declaration/answer_fields.h"

namespace parcelwake::carriers {

// How an airline's flights are read: paths of the fields start at a flight.
struct FlightMapping {
  std::optional<wire::xml::Query> path;  // from the item; nothing: flights are told by departures and arrivals alone
  JoinedField number;
  Field from;
  Field to;
  std::vector<TimeRule> planned_departure;
  std::vector<TimeRule> departed;
  std::vector<TimeRule> planned_arrival;
  std::vector<TimeRule> arrived;
};

// What an airline's answer tells beyond a parcel carrier's. Paths start at the item, of the last four fields at an
// event. Stations are IATA airport codes.
struct WaybillMapping {
  Field origin;
  Field destination;
  Field pieces;
  JoinedField weight;
  Field status;         // where all of it stands: a code like those of events
  Field status_number;  // the source's own number for it
  Field last_event;
  std::optional<wire::xml::Query> stations;
  FlightMapping flight;
  std::unordered_map<std::string, std::string> codes;  // the airline's own, upper case, to IATA's

  std::vector<TimeRule> event_planned;
  JoinedField event_flight;
  Field event_pieces;
  JoinedField event_weight;
};

}  // namespace parcelwake::carriers
