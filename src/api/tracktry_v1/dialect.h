#pragma once

#include "api/common/dialect.h"

namespace parcelwake::api {

// Tracktry v1, https://api.tracktry.com/v1, as it is without configuration.
const Dialect& tracktry_v1();

}  // namespace parcelwake::api
