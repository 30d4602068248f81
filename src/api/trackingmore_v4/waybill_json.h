#pragma once

#include "app/waybills/track_waybills.h"
#include "wire/json/writer.h"

namespace parcelwake::api::trackingmore_v4 {

// The data of awb. `status_number` is an integer, pieces are texts; of a waybill that nobody has told of, the airline
// and empty lists.
void write_waybill(wire::json::Writer& writer, const app::WaybillOutcome& outcome);

}  // namespace parcelwake::api::trackingmore_v4
