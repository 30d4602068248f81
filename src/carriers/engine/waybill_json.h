#pragma once

#include "domain/waybill/air_shipment.h"
#include "wire/json/writer.h"

namespace parcelwake::carriers {

// The members of an open object that tell an air shipment: times as the airline told them, null where it did not.
void write_air_fields(wire::json::Writer& json, const domain::AirShipment& shipment);

}  // namespace parcelwake::carriers
