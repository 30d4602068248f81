#pragma once

#include <string>

#include "base/result.h"
#include "ports/clock.h"
#include "server/data_directory.h"

namespace parcelwake::server {

// Puts the lists of remote areas that came with the program into a database that has been prepared: those of carriers
// that have none there, and those that an older program brought. A list that somebody imported stays. Takes half a
// second the first time and no time after it. The error is a sentence for a person; the lists are then as they were.
Result<void, std::string> install_built_in_remote_areas(const DataDirectory& directory, ports::Clock& clock);

}  // namespace parcelwake::server
