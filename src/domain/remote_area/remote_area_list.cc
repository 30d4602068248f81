#include "domain/remote_area/remote_area_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "domain/remote_area/place.h"

namespace parcelwake::domain {
namespace {

constexpr std::size_t kLongestPostcode = 16;
constexpr std::size_t kLongestCity = 200;

auto place_of(const PostcodeRange& range) {
  return std::tuple<std::string_view, std::size_t, std::string_view>(range.country, range.low.size(), range.low);
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::vector<PostcodeRange> joined(std::vector<PostcodeRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  std::vector<PostcodeRange> whole;
  whole.reserve(ranges.size());
  for (PostcodeRange& range : ranges) {
    const bool overlaps = !whole.empty() && whole.back().country == range.country &&
                          whole.back().low.size() == range.low.size() && range.low <= whole.back().high;
    if (overlaps) {
      whole.back().high = std::max(whole.back().high, range.high);
    } else {
      whole.push_back(std::move(range));
    }
  }
  return whole;
}

}  // namespace

Result<void, std::string> RemoteAreaListBuilder::add_postcodes(std::string_view country, std::string_view from,
                                                               std::string_view to) {
  std::string low = postcode_key(country, from);
  std::string high = to.empty() ? low : postcode_key(country, to);
  if (low.empty() || low.size() > kLongestPostcode) return fail(quoted(from) + " is no postcode");
  if (high.empty() || high.size() > kLongestPostcode) return fail(quoted(to) + " is no postcode");
  if (low.size() != high.size()) return fail(quoted(from) + " and " + quoted(to) + " are not of one length");
  if (high < low) return fail(quoted(to) + " comes before " + quoted(from));
  list_.ranges.push_back({.country = std::string(country), .low = std::move(low), .high = std::move(high)});
  ++list_.rows;
  return {};
}

Result<void, std::string> RemoteAreaListBuilder::add_city(std::string_view country, std::string_view city) {
  std::string key = city_key(city);
  if (key.empty() || city.size() > kLongestCity) return fail(quoted(city) + " is no name of a place");
  list_.cities.push_back({.country = std::string(country), .city = std::move(key)});
  ++list_.rows;
  return {};
}

RemoteAreaList RemoteAreaListBuilder::build() && {
  list_.ranges = joined(std::move(list_.ranges));
  std::sort(list_.cities.begin(), list_.cities.end());
  list_.cities.erase(std::unique(list_.cities.begin(), list_.cities.end()), list_.cities.end());
  return std::move(list_);
}

}  // namespace parcelwake::domain
