#pragma once

#include <optional>
#include <string_view>

#include "api/common/dialect.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::api {

// The status of a tracking as the dialect tells it: its own, but for ageing.
domain::Status shown_status(const domain::Tracking& tracking, const Dialect& dialect);

// Its substatus likewise: nothing where the dialect has no name for it. Where ageing is an exception: "exception001" of
// a parcel never heard of, "exception002" of one that stands still, "exception003" of one that was added long ago, all
// its news being older. (Trackru and Tracktry list the three without their days; they come with expiry.)
std::optional<std::string_view> shown_substatus(const domain::Tracking& tracking, const Dialect& dialect);

}  // namespace parcelwake::api
