#pragma once

#include <memory>

#include "app/polling/tracking_asks.h"
#include "app/writing/write_gate.h"
#include "ports/carrier_gateway.h"
#include "server/ticker.h"

namespace parcelwake::server {

// Keeps asking carriers about what is due: claims a handful of trackings, asks for all of them at once, hands each
// answer to the write gate as it comes, and claims more while there is room. A pass never waits for a carrier. Who
// wants one of them at once meanwhile, as `asks` tells, shares its answer.
class Poller {
 public:
  Poller(app::WriteGate& gate, ports::CarrierGateway& gateway, app::TrackingAsks& asks, unsigned most_in_flight);
  ~Poller();

  // Something may be due now. From any thread.
  void nudge();

  std::size_t in_flight() const;  // questions asked and not yet kept

  // No claim begins once this has returned; answers still under way are kept as they come.
  void stop();

 private:
  struct State;

  std::shared_ptr<State> state_;
  std::unique_ptr<Ticker> ticker_;
};

}  // namespace parcelwake::server
