#pragma once

#include <span>
#include <vector>

#include "api/common/meta.h"
#include "app/remote_areas/find_remote_areas.h"
#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// The rows of a remote request: country and postcode, both required, and company. Views point into the rows. A row that
// lacks something fails them all as NotUnderstood.
Result<std::vector<app::PlaceQuestion>, Meta> read_places(std::span<const wire::json::Row> rows);

// {"submitted":…,"other":[…],"remote":[…]}: a row of `remote` for each carrier that treats a place as remote; what no
// carrier does, an unknown country too, stands in `other` as it was asked.
void write_remote_areas(wire::json::Writer& writer, std::span<const app::PlaceQuestion> questions,
                        std::span<const app::PlaceAnswer> answers, const ports::CarrierCatalogue& catalogue);

}  // namespace parcelwake::api
