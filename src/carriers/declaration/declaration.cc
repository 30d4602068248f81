#include "carriers/declaration/declaration.h"

#include <algorithm>

namespace parcelwake::carriers {

const WireFormat* Declaration::format(std::string_view format_name) const {
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [format_name](const WireFormat& format) { return format.name == format_name; });
  return found == formats.end() ? nullptr : &*found;
}

bool Declaration::serves(const domain::CarrierCode& carrier) const {
  return std::find(carriers.begin(), carriers.end(), carrier) != carriers.end();
}

}  // namespace parcelwake::carriers
