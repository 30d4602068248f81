#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "carriers/declaration/declaration.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

using wire::toml::Problem;

// Reads one carrier.toml. `file` is what problems call it, `name` becomes the declaration's. Fails with everything that
// is wrong with it: unknown keys, codes listed twice, expressions that do not compile, names that nothing defines.
// The vocabulary is described in docs/connectors.md.
Result<Declaration, std::vector<Problem>> load_declaration(std::string_view toml, std::string file, std::string name);

// All that could be loaded; one broken declaration never keeps the others out.
struct LoadedDeclarations {
  std::vector<std::shared_ptr<const Declaration>> declarations;  // by name
  std::vector<Problem> problems;
};

// The declarations that the executable carries.
LoadedDeclarations load_embedded_declarations();

// <directory>/<name>/carrier.toml, for each folder that has one. Nothing but a problem when it cannot be read.
LoadedDeclarations load_declarations(const std::string& directory);

// What is wrong with the samples beside a declaration: one without an expected result or the other way round, a format
// without any. Empty when all is well.
std::vector<Problem> check_samples(const Declaration& declaration, const std::string& folder);

}  // namespace parcelwake::carriers
