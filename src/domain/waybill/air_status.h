#pragma once

#include <string_view>

#include "domain/tracking/status.h"

namespace parcelwake::domain {

// What a status code of IATA's cargo messages (FSU of Cargo-IMP, XFSU of Cargo-XML) says of a shipment.
struct AirStatus {
  std::string_view code;  // "RCF"
  std::string_view text;  // "Received from flight"
  Reading reading;
};

// In any case; nullptr for a code that the standard does not have.
const AirStatus* find_air_status(std::string_view code);

}  // namespace parcelwake::domain
