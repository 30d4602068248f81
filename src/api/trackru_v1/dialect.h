#pragma once

#include "api/common/dialect.h"

namespace parcelwake::api {

// Trackru v1, https://api.trackru.ru/v1, as it is without configuration.
const Dialect& trackru_v1();

}  // namespace parcelwake::api
