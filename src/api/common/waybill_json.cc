#include "api/common/waybill_json.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/clock_text.h"

namespace parcelwake::api {
namespace {

using domain::EventTime;
using domain::Precision;
using wire::json::Writer;

// "2024-05-01 10:12" by the station's clock, "2024-05-01" where the airline showed no more, "" where it showed nothing.
void write_clock(Writer& writer, std::string_view key, const EventTime& time) {
  writer.key(key).plain_string<kClockText>([&time](char* to) {
    if (time.precision == Precision::None) return to;
    return time.precision == Precision::Date ? put_date(to, time.wall) : put_date_minute(to, time.wall);
  });
}

void write_stations(Writer& writer, const std::vector<std::string>& stations) {
  writer.key("flight_way_station").begin_array();
  for (const std::string& station : stations) writer.string(station);
  writer.end_array();
}

// A key the object does not have yet: a flight with a stop on the way is two flights of one number.
std::string flight_key(const domain::Flight& flight, std::vector<std::string>& keys) {
  std::string key = flight.number;
  if (std::find(keys.begin(), keys.end(), key) != keys.end()) key += " " + flight.from + "-" + flight.to;
  while (std::find(keys.begin(), keys.end(), key) != keys.end()) key += "'";
  keys.push_back(key);
  return key;
}

void write_flights(Writer& writer, const std::vector<domain::Flight>& flights) {
  writer.key("flight_info").begin_object();
  std::vector<std::string> keys;
  for (const domain::Flight& flight : flights) {
    writer.quoted_key(flight_key(flight, keys)).begin_object();
    writer.field("depart_station", flight.from).field("arrival_station", flight.to);
    write_clock(writer, "plan_depart_time", flight.planned_departure);
    write_clock(writer, "depart_time", flight.departed);
    write_clock(writer, "plan_arrival_time", flight.planned_arrival);
    write_clock(writer, "arrival_time", flight.arrived);
    writer.end_object();
  }
  writer.end_object();
}

void write_events(Writer& writer, const std::vector<domain::AirEvent>& events) {
  writer.key("track_info").begin_array();
  for (const domain::AirEvent& event : events) {
    writer.begin_object();
    write_clock(writer, "plan_date", event.planned);
    write_clock(writer, "actual_date", event.happened);
    writer.field("event", event.text).field("station", event.station).field("flight_number", event.flight);
    writer.field("status", event.code).field("piece", event.pieces).field("weight", event.weight).end_object();
  }
  writer.end_array();
}

void write_shipment(Writer& writer, const domain::AirShipment& shipment) {
  writer.begin_object().field("weight", shipment.weight).key("piece");
  if (shipment.pieces) {
    writer.number(*shipment.pieces);
  } else {
    writer.null();
  }
  writer.field("origin", shipment.origin).field("destination", shipment.destination);
  writer.field("status_number", shipment.status_number).field("last_event", shipment.last_event);
  write_stations(writer, shipment.stations);
  write_flights(writer, shipment.flights);
  write_events(writer, shipment.events);
  writer.end_object();
}

}  // namespace

void write_waybill(Writer& writer, const app::WaybillOutcome& outcome) {
  writer.begin_object().key("return_data");
  if (outcome.shipment) {
    write_shipment(writer, *outcome.shipment);
  } else {
    writer.null();
  }
  writer.key("airline_info").begin_object().field("name", outcome.airline->name);
  writer.field("url", outcome.airline->homepage).field("track_url", outcome.airline->tracking_page);
  writer.end_object().end_object();
}

}  // namespace parcelwake::api
