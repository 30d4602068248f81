#include "api/moving/vendor.h"

#include <algorithm>
#include <array>

namespace parcelwake::api {
namespace {

constexpr std::array<Vendor, 3> kVendors = {{
    {.name = "trackingmore", .base_url = "https://api.trackingmore.com/v2", .key_header = "Trackingmore-Api-Key"},
    {.name = "tracktry", .base_url = "https://api.tracktry.com/v1", .key_header = "Tracktry-Api-Key", .v1_names = true},
    {.name = "trackru", .base_url = "https://api.trackru.ru/v1", .key_header = "Api-Key", .v1_names = true},
}};

}  // namespace

const Vendor* find_vendor(std::string_view name) {
  const auto found = std::find_if(kVendors.begin(), kVendors.end(), [&](const Vendor& v) { return v.name == name; });
  return found == kVendors.end() ? nullptr : &*found;
}

std::string list_url(std::string_view base_url, const ListQuery& query) {
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  std::string url(base_url);
  url += "/trackings/get?page=" + std::to_string(query.page) + "&limit=" + std::to_string(query.rows);
  if (query.created_min_s) url += "&created_at_min=" + std::to_string(*query.created_min_s);
  if (query.created_max_s) url += "&created_at_max=" + std::to_string(*query.created_max_s);
  return url;
}

}  // namespace parcelwake::api
