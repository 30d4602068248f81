#include "store/contract/example_waybills.h"

#include <chrono>
#include <utility>

#include "store/contract/example_trackings.h"

namespace parcelwake::store {
namespace {

domain::EventTime clock(int minutes, std::optional<UtcOffset> offset, domain::Precision precision) {
  domain::EventTime time;
  time.wall = to_wall(minute(minutes), offset.value_or(UtcOffset{}));
  time.offset = offset;
  time.offset_told = offset.has_value();
  time.precision = precision;
  return time;
}

}  // namespace

ports::StoredWaybill full_waybill(std::string number) {
  const auto told = clock(10, UtcOffset{std::chrono::minutes{-210}}, domain::Precision::Second);
  const auto bare = clock(20, std::nullopt, domain::Precision::Minute);
  domain::AirShipment shipment;
  shipment.weight = "612 kg";
  shipment.pieces = 3;
  shipment.origin = "HKG";
  shipment.destination = "LUX";
  shipment.status_code = "RCF";
  shipment.reading = domain::Reading{domain::Status::Transit, domain::Substatus::ArrivedInDestinationCountry};
  shipment.status_number = -4;
  shipment.last_event = "Received from flight";
  shipment.stations = {"HKG", "GYD", "LUX"};
  shipment.flights = {{"CV7301", "HKG", "GYD", told, bare, told, bare}, {"CV7302", "GYD", "LUX", bare, {}, told, {}}};
  shipment.events = {{told, bare, "Received from flight", "LUX", "CV7302", "RCF", "2", "400.5 kg"},
                     {bare, {}, "Quö", "HKG", "", "Q99", "", ""}};
  return {.number = domain::AirWaybill::trusted(std::move(number)),
          .first_asked_at = minute(-5),
          .asked_at = minute(0),
          .fresh_until = minute(120),
          .shipment = std::move(shipment)};
}

}  // namespace parcelwake::store
