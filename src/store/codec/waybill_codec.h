#pragma once

#include <string>
#include <string_view>

#include "domain/waybill/air_shipment.h"

namespace parcelwake::store {

// The body of a waybill's row: all that an airline said. The first byte names the format, so that rows of an earlier
// version stay readable.
void append_air_shipment(const domain::AirShipment& shipment, std::string& out);

// False when the bytes are not a whole and valid body: `shipment` is then half filled and worthless. Any bytes may be
// given.
bool read_air_shipment(std::string_view body, domain::AirShipment& shipment);

}  // namespace parcelwake::store
