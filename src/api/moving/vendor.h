#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake::api {

// A service whose accounts can be read, and what its program interface calls things.
struct Vendor {
  std::string_view name;        // "tracktry"; events taken over name it as their source
  std::string_view base_url;    // of its list, with the version: "https://api.tracktry.com/v1"
  std::string_view key_header;  // that carries the API key
  bool v1_names = false;        // its substatuses are Tracktry's and Trackru's, not TrackingMore's
};

// "trackingmore", "tracktry" or "trackru"; nullptr for anything else.
const Vendor* find_vendor(std::string_view name);

// One page of a vendor's list.
struct ListQuery {
  std::int64_t page = 1;
  std::int64_t rows = 2000;                     // the most that a page may have
  std::optional<std::int64_t> created_min_s{};  // unix seconds, each end included
  std::optional<std::int64_t> created_max_s{};
};

// Where it is read with GET. `base_url` may end with a slash.
std::string list_url(std::string_view base_url, const ListQuery& query);

}  // namespace parcelwake::api
