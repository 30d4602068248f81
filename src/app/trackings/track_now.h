#pragma once

#include <functional>

#include "app/trackings/register_trackings.h"
#include "app/writing/write_gate.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::app {

// Asks a parcel's carriers at once: registers the number where it is new, waits for the carriers (never for a store or
// a thread of the caller's), keeps what they say, and calls back once with the tracking as it then stands.
void track_now(RegisterCommand command, WriteGate& gate, ports::CarrierGateway& gateway,
               std::function<void(Result<domain::Tracking, ports::StoreError>)> done);

}  // namespace parcelwake::app
