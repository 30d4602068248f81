#pragma once

#include <span>
#include <vector>

#include "api/common/meta.h"
#include "domain/transit_time/transit_times.h"
#include "ports/carrier_catalogue.h"
#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// The rows of a costtime request: carrier_code, original and destination, all required. The first row that lacks
// something, or names what nobody knows, fails them all: CarrierInvalid for the carrier, else NotUnderstood.
Result<std::vector<domain::Route>, Meta> read_routes(std::span<const wire::json::Row> rows,
                                                     const ports::CarrierCatalogue& catalogue);

// One object a route. range1: the share delivered in up to 7 days, range3: in 8 to 15, range4: 16 to 30, range5: 31 to
// 60, range6: more (TrackingMore v2, api-get-costtime-items; range6 is ours, and there is no range2).
void write_transit_times(wire::json::Writer& writer, std::span<const domain::Route> routes,
                         std::span<const domain::TransitTimes> times);

}  // namespace parcelwake::api
