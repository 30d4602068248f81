#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "carriers/sandbox/scenario_failure.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

// Reads the course of a scenario from its row: the steps that it names, in their order, or how asking fails in their
// place. `steps` are all there are by name; each has `after_first`. What is wrong is noted in the document.
template <class Scenario, class Steps>
void read_course(const wire::toml::Table& row, const Steps& steps, Scenario& scenario) {
  const std::vector<std::string_view> names = row.strings("steps");
  for (const std::string_view name : names) {
    const auto step = steps.find(name);
    if (step == steps.end()) {
      row.refuse("steps", "no step '" + std::string(name) + "'");
    } else if (!scenario.steps.empty() && step->second.after_first < scenario.steps.back().after_first) {
      row.refuse("steps", "'" + std::string(name) + "' comes before the step that it follows");
    } else {
      scenario.steps.push_back(step->second);
    }
  }
  scenario.failure = read_scenario_failure(row);
  if (names.empty() != row.has("error")) row.refuse("steps", "either steps or an error is needed");
}

}  // namespace parcelwake::carriers
