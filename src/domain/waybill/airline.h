#pragma once

#include <string>

namespace parcelwake::domain {

// What the catalogue knows of an airline that issues air waybills. Texts are UTF-8, empty when unknown.
struct Airline {
  std::string prefix;  // of its waybills, three digits
  std::string name;
  std::string iata;  // designator, "LH"
  std::string icao;
  std::string homepage;
  std::string tracking_page;
};

}  // namespace parcelwake::domain
