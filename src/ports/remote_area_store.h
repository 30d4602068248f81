#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/remote_area/remote_area_list.h"
#include "ports/store_error.h"

namespace parcelwake::ports {

// Where a parcel is to go, as lists are searched. Empty keys are in no list.
struct PlaceKeys {
  std::string country;   // ISO 3166 alpha-2
  std::string postcode;  // postcode_key()
  std::string city;      // city_key()
};

// What there is to tell of a list beside its places.
struct RemoteAreaSummary {
  domain::CarrierCode carrier;
  std::string source;
  bool built_in = false;
  Timestamp imported_at{};
  std::int64_t rows = 0;
  std::int64_t countries = 0;
};

// Reads lists of remote areas. One object is one connection: use it from one thread at a time.
class RemoteAreaReader {
 public:
  virtual ~RemoteAreaReader() = default;

  // For each place the carriers whose list it is in, by code. A place costs one search in each carrier's list of its
  // country, however long the list is.
  virtual Result<std::vector<std::vector<domain::CarrierCode>>, StoreError> remote_carriers(
      std::span<const PlaceKeys> places) = 0;

  // By carrier.
  virtual Result<std::vector<RemoteAreaSummary>, StoreError> remote_area_lists() = 0;
};

// Writes them.
class RemoteAreaStore : public RemoteAreaReader {
 public:
  // Is told now and then how many ranges and cities have been written, and then, that number staying, that more of what
  // they replaced is gone. Others may write while it is told: whoever waits there lets them.
  using Progress = std::function<void(std::size_t written)>;

  // Puts each list in the place of its carrier's: all of them at one moment, or none. Until then readers find the lists
  // as they were. Who writes meanwhile is never held up for as long as a whole list takes. Of two that write a
  // carrier's list at the same time the one that began first is told Busy.
  virtual Result<void, StoreError> replace(std::span<const domain::RemoteAreaList> lists, const Progress& progress) = 0;
};

}  // namespace parcelwake::ports
