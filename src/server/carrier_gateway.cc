#include "server/carrier_gateway.h"

#include "base/observe/log.h"
#include "carriers/engine/connectors.h"

namespace parcelwake::server {

std::unique_ptr<carriers::ConnectorGateway> start_carrier_gateway(const Configuration& configuration,
                                                                  ports::Clock& clock, ports::Random& random) {
  const auto connectors = carriers::Connectors::load(configuration.connectors);
  for (const auto& problem : connectors.problems()) log::error("connectors", "{}", wire::toml::to_string(problem));
  for (const auto& [section, settings] : configuration.carriers) {
    if (!connectors.find(section)) {
      log::warning("connectors", "[carriers.{}] has no effect: no connector serves a carrier of that code", section);
    }
  }
  auto gateway = std::make_unique<carriers::ConnectorGateway>(connectors.all(), configuration.carriers, clock, random);
  gateway->start();
  return gateway;
}

}  // namespace parcelwake::server
