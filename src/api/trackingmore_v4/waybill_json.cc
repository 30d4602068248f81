#include "api/trackingmore_v4/waybill_json.h"

#include <algorithm>
#include <string>
#include <vector>

#include "api/trackingmore_v4/leg_json.h"
#include "api/trackingmore_v4/status_names.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::AirShipment;
using domain::Flight;
using wire::json::Writer;

// What is known when the airline answered without knowing the waybill, and when it did not answer.
constexpr domain::Reading kUnknownWaybill{domain::Status::NotFound, domain::Substatus::NoInformation};
constexpr domain::Reading kNotAsked{domain::Status::Pending, std::nullopt};

void write_status(Writer& writer, const app::WaybillOutcome& outcome) {
  std::optional<domain::Reading> reading = outcome.failure ? kNotAsked : kUnknownWaybill;
  if (outcome.shipment) reading = outcome.shipment->reading;
  writer.field_or_null("awb_status", reading ? delivery_status_of(*reading) : std::string_view{});
  writer.field_or_null("awb_substatus",
                       reading && reading->substatus ? delivery_substatus_of(*reading->substatus) : std::string_view{});
}

void write_route(Writer& writer, const Flight& flight) {
  writer.field("depart_station", flight.from).field("arrival_station", flight.to);
  write_event_time(writer, "plan_depart_time", &flight.planned_departure);
  write_event_time(writer, "depart_time", &flight.departed);
  write_event_time(writer, "plan_arrival_time", &flight.planned_arrival);
  write_event_time(writer, "arrival_time", &flight.arrived);
}

// By number; of a flight with a stop on the way, which is two of one number, the first. The array has them all.
void write_flights_by_number(Writer& writer, const std::vector<Flight>& flights) {
  writer.key("flight_info").begin_object();
  for (auto flight = flights.begin(); flight != flights.end(); ++flight) {
    const auto same = [&](const Flight& other) { return other.number == flight->number; };
    if (std::any_of(flights.begin(), flight, same)) continue;
    writer.quoted_key(flight->number).begin_object();
    write_route(writer, *flight);
    writer.end_object();
  }
  writer.end_object();
}

void write_flights(Writer& writer, const std::vector<Flight>& flights) {
  writer.key("flight_info_new").begin_array();
  for (const Flight& flight : flights) {
    writer.begin_object().field("flight_number", flight.number);
    write_route(writer, flight);
    writer.field("piece", nullptr).field("weight", nullptr).field("status", nullptr).end_object();
  }
  writer.end_array();
}

void write_events(Writer& writer, const std::vector<domain::AirEvent>& events) {
  writer.key("track_info").begin_array();
  for (const domain::AirEvent& event : events) {
    writer.begin_object();
    write_event_time(writer, "plan_date", &event.planned);
    write_event_time(writer, "actual_date", &event.happened);
    writer.field("event", event.text).field("station", event.station).field("flight_number", event.flight);
    writer.field("status", event.code).field("piece", event.pieces).field("weight", event.weight).end_object();
  }
  writer.end_array();
}

void write_shipment(Writer& writer, const AirShipment& shipment) {
  writer.field("status_number", shipment.status_number).field_or_null("weight", shipment.weight);
  writer.field_or_null("piece", shipment.pieces ? std::to_string(*shipment.pieces) : std::string{});
  writer.field_or_null("origin", shipment.origin).field_or_null("destination", shipment.destination);
  writer.key("flight_way_station").begin_array();
  for (const std::string& station : shipment.stations) writer.string(station);
  writer.end_array().field_or_null("last_event", shipment.last_event);
  write_flights_by_number(writer, shipment.flights);
  write_flights(writer, shipment.flights);
  write_events(writer, shipment.events);
}

}  // namespace

void write_waybill(Writer& writer, const app::WaybillOutcome& outcome) {
  writer.begin_object().field("awb_number", outcome.number.text());
  write_status(writer, outcome);
  write_shipment(writer, outcome.shipment.value_or(AirShipment{}));
  const domain::Airline& airline = *outcome.airline;
  writer.key("airline_info").begin_object().field("name", airline.name).field("url", airline.homepage);
  writer.field("track_url", airline.tracking_page).field("trackpage_url", airline.tracking_page);
  writer.end_object().end_object();
}

}  // namespace parcelwake::api::trackingmore_v4
