#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "ports/carrier_gateway.h"
#include "ports/clock.h"
#include "server/configuration.h"

namespace parcelwake::server {

// A gateway whose threads can be ended: no callback runs once stop() has returned.
class StoppableGateway : public ports::CarrierGateway {
 public:
  virtual void stop() = 0;
};

// The sandbox and the connectors, with the configuration's credentials. A broken declaration is logged and left out.
Result<std::unique_ptr<StoppableGateway>, std::string> make_carrier_gateway(const Configuration& configuration,
                                                                            ports::Clock& clock);

}  // namespace parcelwake::server
