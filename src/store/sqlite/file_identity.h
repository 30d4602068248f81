#pragma once

#include <string>

#include "base/result.h"

namespace parcelwake::store {

// What `PRAGMA application_id` says in a file of ours: "PWK1".
inline constexpr int kApplicationId = 0x50574b31;

// Refuses a database that another program made, or a newer one of ours, by what it says of itself. The error is why, to
// follow "cannot use the database FILE: ".
//
// To be asked over a connection: a process that opens and closes the file itself loses the locks of all its
// connections.
Result<void, std::string> check_identity(int application_id, int version);

}  // namespace parcelwake::store
