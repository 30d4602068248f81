#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "domain/policy/telling.h"
#include "ports/notification_store.h"
#include "ports/random.h"
#include "ports/webhook_sender.h"

namespace parcelwake::app {

// What became of one attempt.
struct SettleCommand {
  domain::DeliveryId delivery;
  domain::EndpointId endpoint;
  unsigned failures = 0;  // before this attempt
  ports::WebhookOutcome outcome;
};

enum class Settled {
  Delivered,
  PutOff,    // It failed and will be tried again.
  Dropped,   // It failed for the last time, or its endpoint is not there or not enabled any more.
  Disabled,  // It failed, and its endpoint is disabled for it: all that was on its way there is dropped.
  Released,  // Nothing was tried: it is due as before.
};

// Ends deliveries or puts them off, and keeps the endpoints' state, within the caller's transaction. One outcome a
// command, in their order.
Result<std::vector<Settled>, ports::StoreError> settle_deliveries(std::span<const SettleCommand> commands,
                                                                  ports::NotificationStore& store,
                                                                  const domain::RetryRule& rule, ports::Random& random,
                                                                  Timestamp now);

}  // namespace parcelwake::app
