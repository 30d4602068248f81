#pragma once

#include <optional>
#include <string_view>

#include "domain/tracking/status.h"

namespace parcelwake::carriers {

// What holds for the words of every carrier.

// Where a parcel that a carrier calls delivered really is, when it was handed to its sender, or to a shop or locker
// that keeps it for the recipient. Nothing when the words say no such thing.
std::optional<domain::Reading> delivered_elsewhere(std::string_view description);

// Messages about a parcel: a notification sent, a signature's picture taken up. Never its status.
bool is_notice(std::string_view description);

}  // namespace parcelwake::carriers
