#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/waybill/air_shipment.h"
#include "domain/waybill/air_waybill.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::ports {

struct WaybillQuestion {
  domain::AirWaybill number;
  std::string language;        // two lower-case letters, empty: the airline's choice
  Timestamp first_asked_at{};  // when anybody first asked for it
};

struct AirlineReport {
  domain::AirShipment shipment;  // complete()d
  // When there will be something new, where the airline says so: nothing is kept for longer than this.
  std::optional<std::chrono::milliseconds> news_due_in;
};

using AirlineAnswer = Result<AirlineReport, CarrierFailure>;

// Asks airlines about air waybills. Safe from any thread.
class AirlineGateway {
 public:
  virtual ~AirlineGateway() = default;

  // Of the airline with this prefix.
  virtual Reachability airline_reachability(std::string_view prefix) const = 0;

  // Calls back exactly once for each question, with its index, one call after the other from a thread of the gateway's
  // own, in any order, each as soon as its airline answered: within the airline's time-out in any case. Must not be
  // called back after the gateway was stopped.
  using AirlineAnswered = std::function<void(std::size_t index, AirlineAnswer answer)>;
  virtual void ask_airlines(std::vector<WaybillQuestion> questions, AirlineAnswered answered) = 0;
};

}  // namespace parcelwake::ports
