#pragma once

#include <string_view>

#include "domain/tracking/checkpoint.h"

namespace parcelwake::domain {

// What the source of a checkpoint begins with that another tracking service told us, not a carrier: "import/tracktry".
inline constexpr std::string_view kImportSource = "import/";

bool is_imported(const Checkpoint& checkpoint);

// Whether `told`, a carrier's own, is the event that `imported` tells at second hand. Services drop the carrier's code,
// shorten clocks and change the spelling of places, so: the clocks agree as far as the coarser of them goes, the words
// but for case and white space, and one place is part of the other.
bool retells(const Checkpoint& told, const Checkpoint& imported);

}  // namespace parcelwake::domain
