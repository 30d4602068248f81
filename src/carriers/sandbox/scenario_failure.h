#pragma once

#include <optional>

#include "ports/carrier_gateway.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

// How asking fails in a scenario: `error`, `detail`, `retry_after_s` of its row. Nothing when it does not; what is
// wrong is noted in the document.
std::optional<ports::CarrierFailure> read_scenario_failure(const wire::toml::Table& row);

}  // namespace parcelwake::carriers
