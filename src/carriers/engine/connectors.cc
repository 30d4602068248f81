#include "carriers/engine/connectors.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace parcelwake::carriers {

Connectors Connectors::load(const std::string& directory) {
  Connectors connectors;
  std::map<std::string, std::shared_ptr<const Declaration>> by_name;
  const auto take = [&](LoadedDeclarations loaded) {
    for (auto& declaration : loaded.declarations) by_name[declaration->name] = std::move(declaration);
    std::move(loaded.problems.begin(), loaded.problems.end(), std::back_inserter(connectors.problems_));
  };
  take(load_embedded_declarations());
  if (!directory.empty()) take(load_declarations(directory));
  for (auto& row : by_name) connectors.declarations_.push_back(std::move(row.second));
  return connectors;
}

std::shared_ptr<const Declaration> Connectors::find(std::string_view code) const {
  const auto named = std::find_if(declarations_.begin(), declarations_.end(),
                                  [code](const auto& declaration) { return declaration->name == code; });
  if (named != declarations_.end()) return *named;
  const auto carrier = domain::CarrierCode::parse(code);
  const auto serving = std::find_if(declarations_.begin(), declarations_.end(), [&carrier](const auto& declaration) {
    return carrier && declaration->serves(*carrier);
  });
  return serving == declarations_.end() ? nullptr : *serving;
}

}  // namespace parcelwake::carriers
