#pragma once

#include "app/waybills/track_waybills.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// What trackings/aircargo says of one air waybill: its shipment, null when there is none, and its airline.
void write_waybill(wire::json::Writer& writer, const app::WaybillOutcome& outcome);

}  // namespace parcelwake::api
