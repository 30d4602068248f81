#include "carriers/asking/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace parcelwake::carriers {
namespace {

using DeclarationPtr = std::shared_ptr<const Declaration>;

// The settings of a carrier: its own section, or the one of the connector that serves it.
struct Section {
  std::string name;
  const CarrierSettings* settings = nullptr;  // nullptr: the configuration does not mention it
};

Section section_of(const domain::CarrierCode& carrier, const Declaration& declaration,
                   const CarrierSettingsBySection& settings) {
  for (const std::string& name : {carrier.text(), declaration.name}) {
    if (const auto found = settings.find(name); found != settings.end()) return {name, &found->second};
  }
  return {declaration.name, nullptr};
}

std::string missing_credentials(const WireFormat& format, const Credentials& given) {
  std::string missing;
  for (const CredentialNeed& need : format.credentials) {
    const auto found = given.find(need.name);
    if (found != given.end() && !found->second.empty()) continue;
    if (!missing.empty()) missing += ", ";
    missing += "credentials." + need.name;
    if (!need.about.empty()) missing += " (" + need.about + ")";
  }
  return missing;
}

Destination destination_of(const Request& request, const CarrierSettings& settings) {
  if (!settings.base_url.empty()) return {settings.base_url, true};
  if (settings.test_host && !request.sandbox_base_url.empty()) return {request.sandbox_base_url, false};
  return {request.base_url, false};
}

Budget budget_of(const WireFormat& format, const CarrierSettings& settings) {
  Budget budget = format.budget;
  budget.per_second = settings.per_second.value_or(budget.per_second);
  budget.per_hour = settings.per_hour.value_or(budget.per_hour);
  budget.per_day = settings.per_day.value_or(budget.per_day);
  budget.concurrency = settings.concurrency.value_or(budget.concurrency);
  return budget;
}

using Setup = std::variant<LineSetup, std::string>;

Setup set_up(const DeclarationPtr& declaration, const Section& section) {
  static const CarrierSettings kNone;
  const CarrierSettings& settings = section.settings != nullptr ? *section.settings : kNone;
  const WireFormat* format = askable_format(*declaration, settings.format);
  if (format == nullptr && !settings.format.empty()) {
    return fmt::format("[carriers.{}] names the format '{}', which the connector '{}' does not have.", section.name,
                       settings.format, declaration->name);
  }
  if (format == nullptr || !format->request) {
    return fmt::format("The connector '{}' can read this carrier's answers, but the carrier takes no questions.",
                       declaration->name);
  }
  if (const std::string missing = missing_credentials(*format, settings.credentials); !missing.empty()) {
    return fmt::format("Set {} under [carriers.{}] in the configuration, or run 'parcelwake carrier setup {}'{}.",
                       missing, section.name, section.name,
                       declaration->signup_url.empty() ? "" : "; sign up at " + declaration->signup_url);
  }
  return LineSetup{section.name,
                   declaration,
                   format,
                   destination_of(*format->request, settings),
                   settings.credentials,
                   budget_of(*format, settings)};
}

// Whether `declaration` is the better one for a carrier that another one serves already.
bool has_wanted_format(const Declaration& declaration, const Section& section) {
  return section.settings != nullptr && !section.settings->format.empty() &&
         declaration.format(section.settings->format) != nullptr;
}

std::map<domain::CarrierCode, DeclarationPtr> choose_declarations(const std::vector<DeclarationPtr>& declarations,
                                                                  const CarrierSettingsBySection& settings) {
  std::map<domain::CarrierCode, DeclarationPtr> chosen;
  for (const DeclarationPtr& declaration : declarations) {
    for (const domain::CarrierCode& carrier : declaration->carriers) {
      const Section section = section_of(carrier, *declaration, settings);
      const auto [place, fresh] = chosen.emplace(carrier, declaration);
      const bool better = !fresh && has_wanted_format(*declaration, section) &&
                          !has_wanted_format(*place->second, section_of(carrier, *place->second, settings));
      if (better) place->second = declaration;
    }
  }
  return chosen;
}

}  // namespace

const WireFormat* askable_format(const Declaration& declaration, const std::string& wanted) {
  if (!wanted.empty()) return declaration.format(wanted);
  const auto& formats = declaration.formats;
  const auto found = std::find_if(formats.begin(), formats.end(), [](const WireFormat& f) { return f.request; });
  return found == formats.end() ? nullptr : &*found;
}

Routes make_routes(const std::vector<DeclarationPtr>& declarations, const CarrierSettingsBySection& settings) {
  Routes routes;
  std::map<std::pair<std::string, std::string>, Route> known;  // by section and connector
  const auto route_to = [&](const DeclarationPtr& declaration, const Section& section) {
    const auto [place, fresh] = known.emplace(std::pair{section.name, declaration->name}, routes.setups.size());
    if (!fresh) return place->second;
    Setup setup = set_up(declaration, section);
    if (auto* sentence = std::get_if<std::string>(&setup)) {
      place->second = std::move(*sentence);
    } else {
      routes.setups.push_back(std::get<LineSetup>(std::move(setup)));
    }
    return place->second;
  };
  for (const auto& [carrier, declaration] : choose_declarations(declarations, settings)) {
    routes.by_carrier.emplace(carrier, route_to(declaration, section_of(carrier, *declaration, settings)));
  }
  for (const DeclarationPtr& declaration : declarations) {
    for (const std::string& prefix : declaration->airlines) {
      routes.by_airline.emplace(prefix, route_to(declaration, section_of({}, *declaration, settings)));
    }
  }
  return routes;
}

}  // namespace parcelwake::carriers
