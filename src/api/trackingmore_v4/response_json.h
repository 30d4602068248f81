#pragma once

#include <span>
#include <string_view>

#include "base/time.h"
#include "domain/tracking/tracking.h"
#include "ports/carrier_catalogue.h"
#include "wire/json/writer.h"

namespace parcelwake::api::trackingmore_v4 {

// By which an answer is written.
struct View {
  const ports::CarrierCatalogue& catalogue;
  UtcOffset time_zone;  // the account's
  Timestamp now;
};

// The tracking object. Types are what the Go SDK decodes: `archived` a string, `updating` a bool, `transit_time` always
// an integer, all else strings. What nobody told is null, countries are alpha-2 codes, and times are ISO 8601 with the
// offset where it is known.
void write_tracking(wire::json::Writer& writer, const domain::Tracking& tracking, const View& view);

// What update answers. `former_carrier` differs from the tracking's own where that was changed.
void write_updated(wire::json::Writer& writer, const domain::Tracking& tracking,
                   const domain::CarrierCode& former_carrier, const View& view);

// A row of batch that was added; id, number and courier, the object still open.
void begin_batch_item(wire::json::Writer& writer, std::string_view id, std::string_view number,
                      std::string_view courier);

// One courier. `host` is where the icons are served.
void write_courier(wire::json::Writer& writer, const domain::Carrier& carrier, std::string_view host);

}  // namespace parcelwake::api::trackingmore_v4
