#include "domain/waybill/air_shipment.h"

#include <algorithm>

#include "domain/waybill/air_status.h"

namespace parcelwake::domain {
namespace {

bool is_known(const EventTime& time) { return time.precision != Precision::None; }

const EventTime& moment_of(const AirEvent& event) { return is_known(event.happened) ? event.happened : event.planned; }

const EventTime& departure_of(const Flight& flight) {
  return is_known(flight.departed) ? flight.departed : flight.planned_departure;
}

void take_over(EventTime& known, const EventTime& further) {
  if (!is_known(known)) known = further;
}

Flight* find_flight(std::vector<Flight>& flights, const AirEvent& event) {
  const auto found = std::find_if(flights.begin(), flights.end(), [&event](const Flight& flight) {
    const std::string& end = event.code == "DEP" ? flight.from : flight.to;
    return flight.number == event.flight && (end.empty() || end == event.station);
  });
  return found == flights.end() ? nullptr : &*found;
}

// Departures and arrivals tell of flights, too. `event` names a flight.
void tell_flight(std::vector<Flight>& flights, const AirEvent& event) {
  const bool departs = event.code == "DEP";
  Flight* flight = find_flight(flights, event);
  if (flight == nullptr) {
    if (!departs) return;  // where it came from is not known
    flight = &flights.emplace_back();
    flight->number = event.flight;
  }
  (departs ? flight->from : flight->to) = event.station;
  take_over(departs ? flight->planned_departure : flight->planned_arrival, event.planned);
  take_over(departs ? flight->departed : flight->arrived, event.happened);
}

void complete_flights(AirShipment& shipment) {
  // Oldest first, so that a departure comes before its arrival.
  for (auto event = shipment.events.rbegin(); event != shipment.events.rend(); ++event) {
    const bool moves = event->code == "DEP" || event->code == "ARR";
    if (moves && !event->flight.empty() && !event->station.empty()) tell_flight(shipment.flights, *event);
  }
  const bool all_known = std::all_of(shipment.flights.begin(), shipment.flights.end(),
                                     [](const Flight& flight) { return is_known(departure_of(flight)); });
  if (!all_known) return;  // then the airline's order says more
  std::stable_sort(shipment.flights.begin(), shipment.flights.end(), [](const Flight& a, const Flight& b) {
    return departure_of(a).order_key() < departure_of(b).order_key();
  });
}

void complete_stations(AirShipment& shipment) {
  if (!shipment.stations.empty()) return;
  std::vector<std::string>& stations = shipment.stations;
  const auto pass = [&stations](const std::string& station) {
    const bool passed = std::find(stations.begin(), stations.end(), station) != stations.end();
    if (!station.empty() && !passed) stations.push_back(station);
  };
  pass(shipment.origin);
  for (const Flight& flight : shipment.flights) {
    if (flight.from != shipment.destination) pass(flight.from);
    if (flight.to != shipment.destination) pass(flight.to);
  }
  pass(shipment.destination);
}

// Arriving is another thing where the journey ends.
Reading reading_of(const AirStatus& status, const std::string& station, const AirShipment& shipment) {
  const bool arrives = status.code == "ARR" || status.code == "RCF" || status.code == "AWR";
  if (!arrives || station.empty() || station != shipment.destination) return status.reading;
  return {Status::Transit, Substatus::ArrivedInDestinationCountry};
}

// The newest event with a code that says something; an unknown code never moves the status.
void complete_status(AirShipment& shipment) {
  if (shipment.reading) return;
  const AirStatus* told = find_air_status(shipment.status_code);
  if (!shipment.status_code.empty() && told == nullptr) return;
  for (const AirEvent& event : shipment.events) {
    const AirStatus* status = find_air_status(event.code);
    if (!is_known(event.happened) || status == nullptr || (told != nullptr && status != told)) continue;
    shipment.status_code = status->code;
    shipment.reading = reading_of(*status, event.station, shipment);
    return;
  }
  if (told != nullptr) shipment.reading = told->reading;
}

void complete_last_event(AirShipment& shipment) {
  if (!shipment.last_event.empty()) return;
  const auto newest = std::find_if(shipment.events.begin(), shipment.events.end(),
                                   [](const AirEvent& event) { return is_known(event.happened); });
  if (newest != shipment.events.end()) shipment.last_event = newest->text;
}

}  // namespace

void complete(AirShipment& shipment) {
  for (AirEvent& event : shipment.events) {
    const AirStatus* status = find_air_status(event.code);
    if (status != nullptr) event.code = status->code;
    if (event.text.empty()) event.text = status != nullptr ? std::string(status->text) : event.code;
  }
  std::stable_sort(shipment.events.begin(), shipment.events.end(), [](const AirEvent& a, const AirEvent& b) {
    return moment_of(a).order_key() > moment_of(b).order_key();
  });
  complete_flights(shipment);
  complete_stations(shipment);
  complete_status(shipment);
  complete_last_event(shipment);
}

}  // namespace parcelwake::domain
