#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/observe/metrics.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::carriers {

inline constexpr std::array kErrors = {
    ports::CarrierError::UnknownNumber, ports::CarrierError::InvalidNumber, ports::CarrierError::Refused,
    ports::CarrierError::Throttled,     ports::CarrierError::Unreachable,   ports::CarrierError::Unreadable,
    ports::CarrierError::NotConnected,
};  // in the order of their declaration

// "unknown_number", "throttled" …
std::string_view name_of(ports::CarrierError error);

// What became of the questions to one carrier. From any thread.
struct AskFigures {
  metrics::Counter answered;  // with a report
  std::array<metrics::Counter, kErrors.size()> failed;
  metrics::Counter budget_waits;  // times that sending paused for the pace of the budget

  // Of a question about a parcel or a waybill.
  template <class Told>
  void note(const Result<Told, ports::CarrierFailure>& answer) {
    if (answer) return answered.add();
    failed[static_cast<std::size_t>(answer.error().error)].add();
  }
};

}  // namespace parcelwake::carriers
