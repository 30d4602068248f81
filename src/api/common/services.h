#pragma once

#include <string>

#include "api/common/written_rows.h"
#include "app/accounts/key_directory.h"
#include "app/limits/rate_limits.h"
#include "app/polling/tracking_asks.h"
#include "app/waybills/track_waybills.h"
#include "app/writing/write_gate.h"
#include "ports/airline_gateway.h"
#include "ports/carrier_catalogue.h"
#include "ports/carrier_gateway.h"
#include "ports/clock.h"
#include "ports/remote_area_store.h"
#include "ports/tracking_store.h"
#include "wire/http/server/trusted_proxies.h"

namespace parcelwake::api {

// Hands each thread readers of its own, and what it wrote before.
class Readers {
 public:
  virtual ~Readers() = default;
  virtual ports::TrackingReader& of_this_thread() = 0;
  virtual ports::RemoteAreaReader& remote_areas_of_this_thread() = 0;
  virtual WrittenRows& written_rows_of_this_thread() = 0;
};

// What the dialects call. Everything here is safe from any thread and outlives the HTTP server.
struct Services {
  const ports::CarrierCatalogue& catalogue;
  ports::CarrierGateway& gateway;
  ports::AirlineGateway& airlines;
  ports::Clock& clock;
  Readers& readers;
  app::WriteGate& writes;
  app::TrackingAsks& tracking_asks;
  app::WaybillAsks& waybill_asks;
  app::KeyDirectory& keys;
  app::RateLimits& rates;
  const wire::http::TrustedProxies& proxies;
  app::WaybillFreshness waybill_freshness;
  std::string support;  // whom users are to ask: "help@example.com"
};

}  // namespace parcelwake::api
