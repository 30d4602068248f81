#pragma once

#include "api/common/dialect.h"

namespace parcelwake::api {

// TrackingMore v2, https://api.trackingmore.com/v2, as it is without configuration.
const Dialect& trackingmore_v2();

}  // namespace parcelwake::api
