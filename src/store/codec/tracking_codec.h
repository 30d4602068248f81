#pragma once

#include <string>
#include <string_view>

#include "domain/tracking/tracking.h"

namespace parcelwake::store {

// The body of a tracking's row: what a store does not keep in columns of their own.
//
// Columns are: id, account, folded number, carrier, created_at, updated_at, archived, details.order_id and
// details.order_time. The body holds all else, among it the number's own spelling where that is not the folded one.
// The first byte names the format, so that rows of an earlier version stay readable.

// Appends the body of `tracking` to `out`.
void append_tracking_body(const domain::Tracking& tracking, std::string& out);

// Fills in what the body holds, whatever `tracking` held there before; it comes with its columns set, its number being
// the folded one. False when the bytes are not a whole and valid body: `tracking` is then half filled and
// worthless. Any bytes may be given.
bool read_tracking_body(std::string_view body, domain::Tracking& tracking);

}  // namespace parcelwake::store
