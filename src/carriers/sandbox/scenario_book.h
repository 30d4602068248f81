#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/tracking/checkpoint.h"
#include "ports/carrier_gateway.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

// One thing that can happen to a sandbox parcel.
struct SandboxStep {
  std::chrono::hours after_first{0};
  std::string code;
  std::string text;
  std::string place;
  UtcOffset offset;
  std::optional<domain::Reading> reading;
  std::optional<domain::Milestone> milestone;
  bool notice = false;
};

// A road a sandbox parcel takes, or the way asking about it fails.
struct SandboxScenario {
  std::vector<SandboxStep> steps;                // oldest first
  std::chrono::seconds pace{0};                  // 0: all steps lie before the registration
  std::chrono::days days_ago{0};                 // how much earlier than usual all of it happened
  std::chrono::seconds unknown_for{0};           // after the registration the number is not known yet
  std::chrono::milliseconds delay{0};            // the answer takes this long
  std::optional<ports::CarrierFailure> failure;  // given instead of the steps
  std::string signed_by;                         // told with a delivery
  std::string last_mile_carrier;                 // told with the last step
  std::string last_mile_number;                  // "{rest}" stands for what follows the scenario's name
};

// data/sandbox.toml, read. Immutable.
class ScenarioBook {
 public:
  // Everything that is wrong with the file at once: unknown keys, steps, places, readings.
  static Result<ScenarioBook, std::vector<wire::toml::Problem>> load(std::string_view toml, std::string file);

  struct Found {
    const SandboxScenario* scenario = nullptr;  // nullptr: none begins like that
    std::string rest;                           // of the number, after the scenario's name
  };
  // `number` in any case.
  Found find(std::string_view number) const;

  const std::string& source() const { return source_; }
  const std::map<std::string, SandboxScenario>& scenarios() const { return scenarios_; }

 private:
  std::string source_;
  std::map<std::string, SandboxScenario> scenarios_;  // by name, upper case
  std::map<std::string, std::string> aliases_;        // whole number, upper case -> scenario
};

}  // namespace parcelwake::carriers
