#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/remote_area/remote_area_list.h"

namespace parcelwake::carriers {

// Reads a file of data/remote_areas: a country, what the places are ("postcodes" or "cities") and the places, with the
// edition in the first line. Fails with file, line and reason.
Result<domain::RemoteAreaList, std::string> read_remote_area_table(std::string_view text, std::string_view file);

// The edition that such a file tells in its first line: after the colon, up to the full stop. Empty when it has none.
std::string edition_of_remote_area_table(std::string_view text);

}  // namespace parcelwake::carriers
