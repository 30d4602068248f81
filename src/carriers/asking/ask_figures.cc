#include "carriers/asking/ask_figures.h"

namespace parcelwake::carriers {

std::string_view name_of(ports::CarrierError error) {
  switch (error) {
    case ports::CarrierError::UnknownNumber:
      return "unknown_number";
    case ports::CarrierError::InvalidNumber:
      return "invalid_number";
    case ports::CarrierError::Refused:
      return "refused";
    case ports::CarrierError::Throttled:
      return "throttled";
    case ports::CarrierError::Unreachable:
      return "unreachable";
    case ports::CarrierError::Unreadable:
      return "unreadable";
    case ports::CarrierError::NotConnected:
      return "not_connected";
  }
  return "unknown";
}

}  // namespace parcelwake::carriers
