#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/tracking/checkpoint.h"

namespace parcelwake::domain {

// A flight that carries a shipment, or a part of it, from one station to another. Stations are IATA airport codes;
// times are by the station's clock, of precision None where unknown.
struct Flight {
  std::string number;  // "CV7301"
  std::string from;
  std::string to;
  EventTime planned_departure;
  EventTime departed;
  EventTime planned_arrival;
  EventTime arrived;

  bool operator==(const Flight&) const = default;
};

// One line of an airline's report. What is planned only has not happened yet.
struct AirEvent {
  EventTime planned;
  EventTime happened;
  std::string text;     // the airline's words, or those of the code
  std::string station;  // where; IATA airport code
  std::string flight;   // empty: none has to do with it
  std::string code;     // of IATA's cargo messages, or the airline's own as it wrote it where that is unknown
  std::string pieces;   // as the airline wrote them: how much of the shipment this is about
  std::string weight;

  bool operator==(const AirEvent&) const = default;
};

// What an airline says of one air waybill.
struct AirShipment {
  std::string weight;  // with its unit, "612 kg"
  std::optional<std::int64_t> pieces;
  std::string origin;  // IATA airport codes
  std::string destination;
  std::string status_code;         // where all of it stands, by IATA's code; empty: unknown
  std::optional<Reading> reading;  // what that means; nothing when the code is unknown to us
  std::int64_t status_number = 0;  // the source's own number for it, where it has one
  std::string last_event;
  std::vector<std::string> stations;  // the way, origin first
  std::vector<Flight> flights;        // in the order of flying
  std::vector<AirEvent> events;       // newest first, what is planned for later in front

  bool operator==(const AirShipment&) const = default;
};

// Completes a report with what follows from the rest: the order of events and flights, the words of codes, flights that
// only events name, stations, the status and the last event. What the airline told stays as it is. Doing it again
// changes nothing.
void complete(AirShipment& shipment);

}  // namespace parcelwake::domain
