#pragma once

#include "base/observe/metrics.h"
#include "carriers/asking/connector_gateway.h"

namespace parcelwake::server {

// What became of the questions to carriers, and how each line does. Carriers that no line serves share one name, so
// that there are no more names than sections of the configuration.
void write_carrier_figures(metrics::Page& page, const carriers::ConnectorGateway& gateway);

}  // namespace parcelwake::server
