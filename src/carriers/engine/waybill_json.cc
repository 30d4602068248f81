#include "carriers/engine/waybill_json.h"

#include "carriers/engine/field.h"

namespace parcelwake::carriers {
namespace {

using wire::json::Writer;

void write_time(Writer& json, std::string_view name, const domain::EventTime& time) {
  json.field_or_null(name, to_iso_as_told(time));
}

void write_event(Writer& json, const domain::AirEvent& event) {
  json.begin_object();
  write_time(json, "planned", event.planned);
  write_time(json, "time", event.happened);
  json.field("description", event.text).field_or_null("location", event.station).field_or_null("code", event.code);
  json.field_or_null("flight", event.flight).field_or_null("pieces", event.pieces);
  json.field_or_null("weight", event.weight).end_object();
}

void write_flight(Writer& json, const domain::Flight& flight) {
  json.begin_object().field("number", flight.number);
  json.field_or_null("from", flight.from).field_or_null("to", flight.to);
  write_time(json, "planned_departure", flight.planned_departure);
  write_time(json, "departed", flight.departed);
  write_time(json, "planned_arrival", flight.planned_arrival);
  write_time(json, "arrived", flight.arrived);
  json.end_object();
}

}  // namespace

void write_air_fields(Writer& json, const domain::AirShipment& shipment) {
  json.key("events").begin_array();
  for (const domain::AirEvent& event : shipment.events) write_event(json, event);
  json.end_array();
  json.field_or_null("status_code", shipment.status_code).field("status_number", shipment.status_number);
  json.field_or_null("origin", shipment.origin).field_or_null("destination", shipment.destination).key("pieces");
  if (shipment.pieces) {
    json.number(*shipment.pieces);
  } else {
    json.null();
  }
  json.field_or_null("weight", shipment.weight).field_or_null("last_event", shipment.last_event);
  json.key("stations").begin_array();
  for (const std::string& station : shipment.stations) json.string(station);
  json.end_array().key("flights").begin_array();
  for (const domain::Flight& flight : shipment.flights) write_flight(json, flight);
  json.end_array();
}

}  // namespace parcelwake::carriers
