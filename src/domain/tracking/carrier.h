#pragma once

#include <string>

#include "domain/tracking/carrier_code.h"

namespace parcelwake::domain {

enum class CarrierKind { Express, Post };

// What the catalogue knows of a carrier. Texts are UTF-8, empty when unknown.
struct Carrier {
  CarrierCode code;
  std::string name;  // English
  std::string name_chinese;
  std::string country;  // ISO 3166 alpha-2, upper case
  CarrierKind kind = CarrierKind::Express;
  std::string phone;
  std::string homepage;
  std::string tracking_url;  // "{number}" stands for the tracking number, where the carrier has such a page
};

}  // namespace parcelwake::domain
