#pragma once

#include <memory>

#include "carriers/asking/connector_gateway.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "server/configuration.h"

namespace parcelwake::server {

// Asks the sandbox and every carrier that a connector and the configuration's credentials allow; started. A broken
// declaration is logged with its place and left out; so is a section of the configuration that no connector knows.
std::unique_ptr<carriers::ConnectorGateway> start_carrier_gateway(const Configuration& configuration,
                                                                  ports::Clock& clock, ports::Random& random);

}  // namespace parcelwake::server
