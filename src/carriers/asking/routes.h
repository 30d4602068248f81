#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "carriers/asking/carrier_line.h"
#include "carriers/asking/settings.h"
#include "carriers/declaration/declaration.h"
#include "domain/tracking/carrier_code.h"

namespace parcelwake::carriers {

// Where a carrier's questions go: the index of a line setup, or the sentence that says why nowhere.
using Route = std::variant<std::size_t, std::string>;

// The way from carriers and airlines to lines. Carriers that share a section of the configuration share its line.
struct Routes {
  std::vector<LineSetup> setups;
  std::map<domain::CarrierCode, Route> by_carrier;       // carriers without any declaration are not in it
  std::map<std::string, Route, std::less<>> by_airline;  // by the prefix of air waybills, likewise
};

// Of several declarations for one carrier the one that has the format of its settings is taken, else the first.
Routes make_routes(const std::vector<std::shared_ptr<const Declaration>>& declarations,
                   const CarrierSettingsBySection& settings);

// The format that is asked: the one of that name, without a name the first that can be asked. nullptr: there is none.
const WireFormat* askable_format(const Declaration& declaration, const std::string& wanted);

}  // namespace parcelwake::carriers
