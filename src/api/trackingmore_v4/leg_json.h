#pragma once

#include <string_view>

#include "domain/tracking/tracking.h"
#include "ports/carrier_catalogue.h"
#include "wire/json/writer.h"

namespace parcelwake::api::trackingmore_v4 {

// "2024-03-01T10:00:00+08:00", without the offset where nobody told it, the date alone where there is no more; nothing
// where the carrier showed no clock. Writes at `to`, which has room for kClockText characters, and returns the place
// after the last one.
char* put_event_time(char* to, const domain::EventTime& time);

// The same as a member; null for nullptr and for a time without a clock.
void write_event_time(wire::json::Writer& writer, std::string_view key, const domain::EventTime* time);

// origin_info and destination_info. `trackinfo`, newest first, is left out while there is nothing to tell.
void write_leg(wire::json::Writer& writer, const domain::Leg& leg, std::string_view reference,
               const ports::CarrierCatalogue& catalogue);

}  // namespace parcelwake::api::trackingmore_v4
