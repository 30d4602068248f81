#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ports/carrier_gateway.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

// One thing that can happen to sandbox freight.
struct AirStep {
  std::chrono::minutes after_first{0};
  std::string code;
  std::string text;  // empty: what the code says
  std::string station;
  UtcOffset offset;    // of the station
  std::string flight;  // empty: none has to do with it
  std::string pieces;  // empty: all of it
  std::string weight;
};

struct AirRoute {
  std::string flight;
  std::string from;
  std::string to;
  UtcOffset from_offset;
  UtcOffset to_offset;
  std::chrono::hours departs{0};  // after the first step, as planned
  std::chrono::hours arrives{0};
};

struct AirScenario {
  std::vector<AirStep> steps;                    // oldest first
  std::chrono::seconds pace{0};                  // 0: all steps lie before the first ask
  std::chrono::milliseconds delay{0};            // the answer takes this long
  std::optional<ports::CarrierFailure> failure;  // given instead of the steps
};

// data/sandbox_airline.toml, read. Immutable.
class AirScenarioBook {
 public:
  // Everything that is wrong with the file at once: unknown keys, steps, stations, flights.
  static Result<AirScenarioBook, std::vector<wire::toml::Problem>> load(std::string_view toml, std::string file);

  // By the first two digits of a waybill's serial; nullptr: there is none.
  const AirScenario* find(std::string_view serial) const;

  const std::map<std::string, AirScenario, std::less<>>& scenarios() const { return scenarios_; }
  const std::vector<AirRoute>& routes() const { return routes_; }  // of every shipment, in the order of flying

  const std::string& origin() const { return origin_; }
  const std::string& destination() const { return destination_; }
  std::int64_t pieces() const { return pieces_; }
  const std::string& weight() const { return weight_; }

 private:
  std::map<std::string, AirScenario, std::less<>> scenarios_;
  std::vector<AirRoute> routes_;
  std::string origin_;
  std::string destination_;
  std::int64_t pieces_ = 0;
  std::string weight_;
};

}  // namespace parcelwake::carriers
