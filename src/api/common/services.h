#pragma once

#include "app/accounts/key_directory.h"
#include "app/limits/rate_limiter.h"
#include "app/writing/write_gate.h"
#include "ports/carrier_catalogue.h"
#include "ports/carrier_gateway.h"
#include "ports/clock.h"
#include "ports/tracking_store.h"

namespace parcelwake::api {

// Hands each thread a reader of its own.
class Readers {
 public:
  virtual ~Readers() = default;
  virtual ports::TrackingReader& of_this_thread() = 0;
};

// What the dialects call. Everything here is safe from any thread and outlives the HTTP server.
struct Services {
  const ports::CarrierCatalogue& catalogue;
  ports::CarrierGateway& gateway;
  ports::Clock& clock;
  Readers& readers;
  app::WriteGate& writes;
  app::KeyDirectory& keys;
  app::RateLimiter& list_limit;
  app::RateLimiter& realtime_limit;
};

}  // namespace parcelwake::api
