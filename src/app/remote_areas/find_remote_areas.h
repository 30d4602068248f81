#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/carrier_catalogue.h"
#include "ports/remote_area_store.h"

namespace parcelwake::app {

// A place as a caller names it.
struct PlaceQuestion {
  std::string_view country = {};           // code or English name
  std::string_view postcode_or_city = {};  // a city where the country has no postcodes
  std::string_view company = {};           // code or name of the one carrier that is meant; empty: all
};

struct PlaceAnswer {
  std::string country;                        // alpha-2; empty: no such country
  std::vector<domain::CarrierCode> carriers;  // that treat the place as remote, by code
};

// One answer a question, in their order.
Result<std::vector<PlaceAnswer>, ports::StoreError> find_remote_areas(std::span<const PlaceQuestion> questions,
                                                                      const ports::CarrierCatalogue& catalogue,
                                                                      ports::RemoteAreaReader& areas);

}  // namespace parcelwake::app
