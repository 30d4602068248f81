#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "carriers/asking/template_text.h"

namespace parcelwake::carriers {

// What the operator says about one carrier: the section [carriers.<name>] of the configuration.
struct CarrierSettings {
  std::string format;       // of the declaration's formats; empty: the first that can be asked
  std::string base_url;     // instead of the declaration's; may be plain HTTP and private; no slash at the end
  bool test_host = false;   // ask the carrier's test host, where the declaration knows one and no base_url is given
  Credentials credentials;  // resolved, by the names that the declaration gives them
  // Where each of them comes from, for people: "env:NAME in the configuration".
  std::map<std::string, std::string, std::less<>> credential_sources;
  // Instead of the declaration's budget.
  std::optional<double> per_second;
  std::optional<std::int64_t> per_hour, per_day, concurrency;
};

// By section name: a carrier's code, or the name of a connector for all carriers it serves.
using CarrierSettingsBySection = std::map<std::string, CarrierSettings, std::less<>>;

}  // namespace parcelwake::carriers
