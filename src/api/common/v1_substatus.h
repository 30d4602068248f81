#pragma once

#include <optional>
#include <string_view>

#include "domain/tracking/status.h"

namespace parcelwake::api {

// Substatus names as Tracktry and Trackru publish them. Their exception005 is "returned to the sender"; what
// TrackingMore calls 005, 009 and 011 they do not have.
std::optional<std::string_view> v1_substatus(domain::Substatus substatus);

}  // namespace parcelwake::api
