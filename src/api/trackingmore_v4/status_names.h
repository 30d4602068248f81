#pragma once

#include <optional>
#include <string_view>

#include "domain/tracking/tracking.h"

namespace parcelwake::api::trackingmore_v4 {

// The nine delivery statuses: the eight of v2, and "inforeceived", which v2 counts as not found.
std::string_view delivery_status_of(const domain::Tracking& tracking);
std::string_view delivery_status_of(const domain::Reading& reading);

// v2's numbers, but "inforeceived001" for what v2 calls notfound001.
std::string_view delivery_substatus_of(domain::Substatus substatus);

// What a filter asks for. `announced` is told where the two readings of "not found" are to be kept apart.
struct StatusFilter {
  domain::Status status = domain::Status::Pending;
  std::optional<bool> announced;
};

// Nothing for what is no delivery status.
std::optional<StatusFilter> parse_delivery_status(std::string_view name);

}  // namespace parcelwake::api::trackingmore_v4
