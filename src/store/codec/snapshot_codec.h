#pragma once

#include <string>
#include <string_view>

#include "domain/tracking/tracking.h"

namespace parcelwake::store {

// A tracking as it stood at one moment, in bytes: all but its id and account, which stand in columns. The first byte
// names the format, so that snapshots of an earlier version stay readable.

// Appends the snapshot of `tracking` to `out`.
void append_tracking_snapshot(const domain::Tracking& tracking, std::string& out);

// Fills in what the snapshot holds; `tracking` comes with id and account set. False when the bytes are not a whole and
// valid snapshot: `tracking` is then half filled and worthless. Any bytes may be given.
bool read_tracking_snapshot(std::string_view snapshot, domain::Tracking& tracking);

}  // namespace parcelwake::store
