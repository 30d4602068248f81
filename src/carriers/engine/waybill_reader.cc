#include "carriers/engine/waybill_reader.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "carriers/engine/field.h"
#include "carriers/engine/operation.h"
#include "domain/waybill/air_status.h"

namespace parcelwake::carriers {
namespace {

using domain::AirEvent;
using domain::Flight;
using wire::xml::Node;

// Of one waybill; what is beyond is left out.
constexpr std::size_t kMostEvents = 1000;
constexpr std::size_t kMostFlights = 100;
constexpr std::size_t kMostStations = 50;
constexpr std::size_t kMostUnmapped = 100;
constexpr std::size_t kLongestUnmapped = 200;

// "3", "3.0"; nothing for anything else.
std::optional<std::int64_t> count_of(const std::string& text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view tail(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool whole = tail.empty() || (tail.front() == '.' && tail.find_first_not_of('0', 1) == std::string_view::npos);
  return error == std::errc{} && whole ? std::optional(count) : std::nullopt;
}

class WaybillReader {
 public:
  explicit WaybillReader(const AnswerMapping& mapping) : mapping_(mapping), waybill_(*mapping.waybill) {}

  ReadWaybill read(Node item) {
    domain::AirShipment& shipment = read_.shipment;
    shipment.origin = station(waybill_.origin, item);
    shipment.destination = station(waybill_.destination, item);
    shipment.pieces = count_of(read_field(waybill_.pieces, item));
    shipment.weight = read_joined(waybill_.weight, item);
    shipment.status_code = iata_code(read_field(waybill_.status, item));
    shipment.status_number = count_of(read_field(waybill_.status_number, item)).value_or(0);
    shipment.last_event = read_field(waybill_.last_event, item);
    read_stations(item);
    read_flights(item);
    read_events(item);
    domain::complete(shipment);
    return std::move(read_);
  }

 private:
  static std::string station(const Field& field, Node at) { return ascii::to_upper(read_field(field, at)); }
  static domain::EventTime time(const std::vector<TimeRule>& rules, Node at) { return read_time(rules, at).time; }

  // IATA's code for the airline's own; one that is neither stays as it is and is noted.
  std::string iata_code(std::string code) {
    if (code.empty()) return code;
    const auto own = waybill_.codes.find(ascii::to_upper(code));
    if (own != waybill_.codes.end()) return own->second;
    if (domain::find_air_status(code) == nullptr) note_unmapped(code);
    return code;
  }

  void note_unmapped(const std::string& code) {
    std::vector<std::string>& unmapped = read_.unmapped;
    if (code.size() > kLongestUnmapped || unmapped.size() == kMostUnmapped) return;
    if (std::find(unmapped.begin(), unmapped.end(), code) == unmapped.end()) unmapped.push_back(code);
  }

  void read_stations(Node item) {
    if (!waybill_.stations) return;
    for (const std::string& text : waybill_.stations->texts(item)) {
      if (read_.shipment.stations.size() == kMostStations) return;
      read_.shipment.stations.push_back(ascii::to_upper(collapsed(text)));
    }
  }

  void read_flights(Node item) {
    const FlightMapping& mapping = waybill_.flight;
    if (!mapping.path) return;
    for (const Node at : mapping.path->nodes(item)) {
      if (read_.shipment.flights.size() == kMostFlights) return;
      Flight flight;
      flight.number = read_joined(mapping.number, at);
      flight.from = station(mapping.from, at);
      flight.to = station(mapping.to, at);
      flight.planned_departure = time(mapping.planned_departure, at);
      flight.departed = time(mapping.departed, at);
      flight.planned_arrival = time(mapping.planned_arrival, at);
      flight.arrived = time(mapping.arrived, at);
      const bool known = std::find(read_.shipment.flights.begin(), read_.shipment.flights.end(), flight) !=
                         read_.shipment.flights.end();
      if (!flight.number.empty() && !known) read_.shipment.flights.push_back(std::move(flight));
    }
  }

  void read_events(Node item) {
    std::vector<Node> nodes = mapping_.events->nodes(item);
    if (mapping_.order == EventOrder::OldestFirst) std::reverse(nodes.begin(), nodes.end());
    if (nodes.size() > kMostEvents) nodes.erase(nodes.begin() + kMostEvents, nodes.end());
    for (const Node at : nodes) {
      AirEvent event = read_event(at);
      if (!event.code.empty() || !event.text.empty()) read_.shipment.events.push_back(std::move(event));
    }
  }

  AirEvent read_event(Node at) {
    AirEvent event;
    event.planned = time(waybill_.event_planned, at);
    event.happened = time(mapping_.event_time, at);
    event.text = read_joined(mapping_.description, at, true);
    event.station = ascii::to_upper(read_joined(mapping_.location, at, true));
    event.flight = read_joined(waybill_.event_flight, at);
    event.code = iata_code(read_joined(mapping_.code, at));
    event.pieces = read_field(waybill_.event_pieces, at);
    event.weight = read_joined(waybill_.event_weight, at);
    return event;
  }

  const AnswerMapping& mapping_;
  const WaybillMapping& waybill_;
  ReadWaybill read_;
};

}  // namespace

ReadWaybill read_waybill(const AnswerMapping& mapping, Node item) { return WaybillReader(mapping).read(item); }

bool tells_anything(const domain::AirShipment& shipment) {
  return !shipment.events.empty() || !shipment.flights.empty() || !shipment.status_code.empty();
}

}  // namespace parcelwake::carriers
