#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// From where to where a carrier brings a parcel. Countries are ISO 3166 alpha-2.
struct Route {
  CarrierCode carrier;
  std::string origin;
  std::string destination;

  auto operator<=>(const Route&) const = default;
};

// What one tracking adds to the statistics of its route.
struct TransitSample {
  Route route;
  bool delivered = false;
  std::optional<int> days;  // first checkpoint to the newest, part days counted full; only of delivered ones with times

  bool operator==(const TransitSample&) const = default;
};

// More days than this are counted as this many: a clock that ran wild must not make room for itself.
inline constexpr int kMostTransitDays = 400;

// Nothing until a carrier has answered and both countries are known. What the customer says by hand of a parcel's
// status tells nothing about its carrier and is passed over.
std::optional<TransitSample> transit_sample(const Tracking& tracking);

// How the trackings of one route fared.
struct TransitTimes {
  struct Day {
    int days = 0;
    std::int64_t delivered = 0;

    bool operator==(const Day&) const = default;
  };

  std::int64_t total = 0;
  std::int64_t delivered = 0;  // among them
  std::vector<Day> by_days;    // of those whose days are known; fewest days first, each number once

  // How many of the delivered trackings whose days are known took `from` to `to` days, both included: 0 to 1; 0 when
  // there is none.
  double share(int from, int to) const;

  bool operator==(const TransitTimes&) const = default;
};

}  // namespace parcelwake::domain
