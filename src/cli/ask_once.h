#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::cli {

// What a carrier says of one number; waits for it, as long as the carrier's time-out at most. `gateway` runs.
ports::CarrierAnswer ask_once(ports::CarrierGateway& gateway, const domain::CarrierCode& carrier,
                              const domain::TrackingNumber& number, Timestamp now);

// A failure in words, with its detail.
std::string in_words(const ports::CarrierFailure& failure);

}  // namespace parcelwake::cli
