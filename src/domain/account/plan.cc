#include "domain/account/plan.h"

#include <algorithm>
#include <array>
#include <utility>

namespace parcelwake::domain {
namespace {

constexpr std::array<std::pair<Feature, std::string_view>, 5> kNames = {{{Feature::Realtime, "realtime"},
                                                                         {Feature::AirCargo, "aircargo"},
                                                                         {Feature::Remote, "remote"},
                                                                         {Feature::TransitTime, "costtime"},
                                                                         {Feature::Detect, "detect"}}};

}  // namespace

std::string_view name_of(Feature feature) {
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.first == feature; });
  return found == kNames.end() ? std::string_view{} : found->second;
}

std::optional<Feature> feature_named(std::string_view name) {
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.second == name; });
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

std::string to_string(FeatureSet features) {
  std::string text;
  for (const auto& [feature, name] : kNames) {
    if (!features.contains(feature)) continue;
    if (!text.empty()) text += ',';
    text += name;
  }
  return text;
}

Plans default_plans() { return {{std::string(kUnlimitedPlan), Plan{}}, {"free", Plan{.monthly = Units::whole(500)}}}; }

Allowance allowance_of(const Plan& plan, Timestamp opened_at) {
  if (!plan.monthly) return {};
  return {.metered = true,
          .monthly = *plan.monthly,
          .ends = plan.trial.count() == 0 ? Timestamp::max() : opened_at + plan.trial};
}

}  // namespace parcelwake::domain
