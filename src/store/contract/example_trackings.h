#pragma once

#include <string_view>

#include "ports/tracking_store.h"

namespace parcelwake::store {

// A moment to count from: 2024-03-01 10:00 UTC and so many minutes.
Timestamp minute(int minutes);

// A valid tracking of `account`, registered at minute(0), whose id follows from its key.
domain::Tracking example_tracking(std::string_view number, std::string_view carrier = "ups", std::int64_t account = 1);

// One with a value in every field: both legs, checkpoints of every precision, all details and facts.
domain::Tracking full_tracking(std::string_view number);

ports::TrackingKey key_of(const domain::Tracking& tracking);

}  // namespace parcelwake::store
