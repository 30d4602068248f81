#include "api/common/transit_times_json.h"

#include <array>
#include <charconv>
#include <string_view>

#include "api/common/request_json.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

struct Range {
  std::string_view key;
  int from;
  int to;
};

constexpr std::array<Range, 5> kRanges = {{
    {"range1", 0, 7},
    {"range3", 8, 15},
    {"range4", 16, 30},
    {"range5", 31, 60},
    {"range6", 61, domain::kMostTransitDays},
}};

void write_share(wire::json::Writer& writer, std::string_view key, double share) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), share).ptr;
  writer.key(key).raw({text.data(), static_cast<std::size_t>(end - text.data())});
}

Result<domain::Route, Meta> read_route(const wire::json::Row& row, const ports::CarrierCatalogue& catalogue) {
  const auto carrier = text_field(row, "carrier_code");
  const auto origin = text_field(row, "original");
  const auto destination = text_field(row, "destination");
  if (!row.is_object || !carrier || !origin || !destination) return fail(Meta::NotUnderstood);
  auto code = domain::CarrierCode::parse(ascii::trimmed(*carrier));
  if (!code || catalogue.find(*code) == nullptr) return fail(Meta::CarrierInvalid);
  domain::Route route{.carrier = *std::move(code),
                      .origin = std::string(catalogue.country_code(*origin)),
                      .destination = std::string(catalogue.country_code(*destination))};
  if (route.origin.empty() || route.destination.empty()) return fail(Meta::NotUnderstood);
  return route;
}

}  // namespace

Result<std::vector<domain::Route>, Meta> read_routes(std::span<const wire::json::Row> rows,
                                                     const ports::CarrierCatalogue& catalogue) {
  std::vector<domain::Route> routes;
  routes.reserve(rows.size());
  for (const wire::json::Row& row : rows) {
    auto route = read_route(row, catalogue);
    if (!route) return fail(route.error());
    routes.push_back(*std::move(route));
  }
  return routes;
}

void write_transit_times(wire::json::Writer& writer, std::span<const domain::Route> routes,
                         std::span<const domain::TransitTimes> times) {
  writer.begin_array();
  for (std::size_t i = 0; i < routes.size(); ++i) {
    writer.begin_object().field("carrier_code", routes[i].carrier.text()).field("original", routes[i].origin);
    writer.field("destination", routes[i].destination).field("total", times[i].total);
    writer.field("delivered", times[i].delivered);
    for (const Range& range : kRanges) write_share(writer, range.key, times[i].share(range.from, range.to));
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace parcelwake::api
