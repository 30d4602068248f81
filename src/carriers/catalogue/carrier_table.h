#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/tracking/carrier.h"

namespace parcelwake::carriers {

// Reads data/carriers.tsv: the carriers, sorted by code. Fails with file, line and reason for a row that is no carrier
// or repeats a code.
Result<std::vector<domain::Carrier>, std::string> parse_carriers(std::string_view text, std::string_view file);

}  // namespace parcelwake::carriers
