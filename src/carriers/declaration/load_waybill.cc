#include "base/ascii.h"
#include "carriers/declaration/load_parts.h"
#include "domain/waybill/air_status.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Table;

FlightMapping load_flight(const Table& flight) {
  FlightMapping mapping;
  mapping.path = load_required_query(flight, "path");
  mapping.number = load_joined(flight, "number", "");
  if (mapping.number.parts.empty()) flight.refuse("number", "'number' is missing");
  mapping.from = load_field(flight, "from");
  mapping.to = load_field(flight, "to");
  mapping.planned_departure = load_times(flight, "planned_departure");
  mapping.departed = load_times(flight, "departed");
  mapping.planned_arrival = load_times(flight, "planned_arrival");
  mapping.arrived = load_times(flight, "arrived");
  return mapping;
}

void load_own_codes(const Table& waybill, WaybillMapping& into) {
  const auto codes = waybill.table("codes");
  if (!codes) return;
  for (const auto& [own, value] : codes->entries()) {
    const std::string iata = ascii::to_upper(value.string().value_or(""));
    if (domain::find_air_status(iata) == nullptr) value.refuse("'" + iata + "' is no status code of IATA's");
    if (!into.codes.emplace(ascii::to_upper(own), iata).second) {
      value.refuse("code '" + std::string(own) + "' is listed twice");
    }
  }
}

}  // namespace

std::optional<WaybillMapping> load_waybill(const Table& answer) {
  const auto waybill = answer.table("waybill");
  if (!waybill) return std::nullopt;
  WaybillMapping mapping;
  mapping.origin = load_field(*waybill, "origin");
  mapping.destination = load_field(*waybill, "destination");
  mapping.pieces = load_field(*waybill, "pieces");
  mapping.weight = load_joined(*waybill, "weight", " ");
  mapping.status = load_field(*waybill, "status");
  mapping.status_number = load_field(*waybill, "status_number");
  mapping.last_event = load_field(*waybill, "last_event");
  if (const auto stations = waybill->value("stations")) mapping.stations = load_query(*stations);
  load_own_codes(*waybill, mapping);
  if (const auto flight = answer.table("flight")) mapping.flight = load_flight(*flight);
  if (const auto event = answer.table("event")) {
    mapping.event_planned = load_times(*event, "planned");
    mapping.event_flight = load_joined(*event, "flight", "");
    mapping.event_pieces = load_field(*event, "pieces");
    mapping.event_weight = load_joined(*event, "weight", " ");
  }
  return mapping;
}

}  // namespace parcelwake::carriers
