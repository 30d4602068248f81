#pragma once

#include <string>

#include "ports/waybill_store.h"

namespace parcelwake::store {

// A waybill asked at minute(0), with a value in every field: two flights, events with and without a clock.
ports::StoredWaybill full_waybill(std::string number);

}  // namespace parcelwake::store
