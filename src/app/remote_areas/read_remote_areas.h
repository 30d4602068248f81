#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/remote_area/remote_area_list.h"
#include "ports/carrier_catalogue.h"

namespace parcelwake::app {

// One row of a table of remote areas, as it stands: a range of postcodes or a city.
struct RemoteAreaRow {
  int line = 0;
  std::string_view carrier = {};  // empty where the table has no such column
  std::string_view country = {};  // code or English name
  std::string_view postcode_from = {};
  std::string_view postcode_to = {};  // empty: postcode_from alone
  std::string_view city = {};
};

struct RowFault {
  int line = 0;
  std::string reason;
};

// The lists that a table makes, by carrier. `carrier`: whose table it is; a row that names another is a fault, and one
// that names none is one when this is not given either. With a fault there are no lists; all faults are told.
Result<std::vector<domain::RemoteAreaList>, std::vector<RowFault>> read_remote_areas(
    std::span<const RemoteAreaRow> rows, const std::optional<domain::CarrierCode>& carrier,
    const ports::CarrierCatalogue& catalogue);

}  // namespace parcelwake::app
