#include "store/memory/memory_remote_area_store.h"

#include <algorithm>
#include <set>

namespace parcelwake::store {
namespace {

using domain::CarrierCode;
using domain::RemoteAreaList;
using ports::PlaceKeys;
using ports::RemoteAreaSummary;
using ports::StoreError;

bool holds(const domain::PostcodeRange& range, const PlaceKeys& place) {
  if (range.country != place.country || place.postcode.size() < range.low.size()) return false;
  const auto beginning = std::string_view(place.postcode).substr(0, range.low.size());
  return range.low <= beginning && beginning <= range.high;
}

bool holds(const RemoteAreaList& list, const PlaceKeys& place) {
  return std::any_of(list.ranges.begin(), list.ranges.end(), [&](const auto& range) { return holds(range, place); }) ||
         std::any_of(list.cities.begin(), list.cities.end(), [&](const domain::RemoteCity& city) {
           return city.country == place.country && city.city == place.city;
         });
}

}  // namespace

Result<std::vector<std::vector<CarrierCode>>, StoreError> MemoryRemoteAreaStore::remote_carriers(
    std::span<const PlaceKeys> places) {
  std::vector<std::vector<CarrierCode>> found(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (const auto& [carrier, list] : lists_) {
      if (holds(list, places[i])) found[i].push_back(carrier);
    }
  }
  return found;
}

Result<std::vector<RemoteAreaSummary>, StoreError> MemoryRemoteAreaStore::remote_area_lists() {
  std::vector<RemoteAreaSummary> all;
  for (const auto& [carrier, list] : lists_) {
    std::set<std::string_view> countries;
    for (const auto& range : list.ranges) countries.insert(range.country);
    for (const auto& city : list.cities) countries.insert(city.country);
    all.push_back({.carrier = carrier,
                   .source = list.source,
                   .built_in = list.built_in,
                   .imported_at = list.imported_at,
                   .rows = list.rows,
                   .countries = static_cast<std::int64_t>(countries.size())});
  }
  return all;
}

Result<void, StoreError> MemoryRemoteAreaStore::replace(std::span<const RemoteAreaList> lists,
                                                        const Progress& progress) {
  std::size_t written = 0;
  for (const RemoteAreaList& list : lists) {
    lists_[list.carrier] = list;
    written += list.ranges.size() + list.cities.size();
  }
  progress(written);
  return {};
}

}  // namespace parcelwake::store
