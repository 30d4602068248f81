#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_set.h"
#include "base/time.h"
#include "domain/account/units.h"

namespace parcelwake::domain {

// What can be switched off for a plan or for one account. The numbers are kept in stores.
enum class Feature : std::uint8_t { Realtime = 0, AirCargo = 1, Remote = 2, TransitTime = 3, Detect = 4 };

using FeatureSet = EnumSet<Feature>;

// "realtime", "aircargo", "remote", "costtime", "detect".
std::string_view name_of(Feature feature);
std::optional<Feature> feature_named(std::string_view name);
// "realtime,aircargo"; empty for none.
std::string to_string(FeatureSet features);

// What an account may spend. An account that is not metered pays for nothing and nothing is counted.
struct Allowance {
  bool metered = false;
  Units monthly{};                    // granted at the beginning of each calendar month, UTC
  Timestamp ends = Timestamp::max();  // of the trial: from then on nothing is granted, and what was granted is gone

  bool operator==(const Allowance&) const = default;
};

// What an account has agreed to with whoever runs the server.
struct Plan {
  std::optional<Units> monthly{};  // nothing: unlimited
  bool api = true;                 // false: the API is not part of it
  std::chrono::days trial{0};      // from the opening of the account; 0: no end
  FeatureSet features_off{};

  bool operator==(const Plan&) const = default;
};

using Plans = std::map<std::string, Plan, std::less<>>;  // by name

inline constexpr std::string_view kUnlimitedPlan = "unlimited";

// Those there are unless a configuration says otherwise: "unlimited", and "free" with 500 units a month.
Plans default_plans();

Allowance allowance_of(const Plan& plan, Timestamp opened_at);

}  // namespace parcelwake::domain
