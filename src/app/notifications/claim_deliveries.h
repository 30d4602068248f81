#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "base/result.h"
#include "ports/notification_store.h"

namespace parcelwake::app {

struct ClaimDeliveriesCommand {
  std::size_t changes = 0;  // so many are taken out of the outbox at most
  ports::ClaimLimits limits;
  std::chrono::milliseconds lease{};  // who took a delivery and falls silent holds it back no longer than this
};

struct AddressedDelivery {
  domain::Delivery delivery;
  domain::Endpoint endpoint;
};

struct ClaimedDeliveries {
  std::vector<AddressedDelivery> deliveries;
  bool listening = false;       // some endpoint is enabled: changes may be noted
  bool more_are_noted = false;  // the outbox holds more than could be taken
};

// Fans the oldest changes out to the enabled endpoints of their accounts that want them, then takes what is due, within
// the caller's transaction. A change that nobody wants is gone.
Result<ClaimedDeliveries, ports::StoreError> claim_deliveries(const ClaimDeliveriesCommand& command,
                                                              ports::NotificationStore& store, Timestamp now);

}  // namespace parcelwake::app
