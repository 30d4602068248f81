#pragma once

#include <functional>
#include <variant>

#include "app/trackings/register_trackings.h"
#include "app/writing/write_gate.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::app {

// Of what RegisterError can say there are BalanceTooLow and, where the number must be new, AlreadyTracked.
using TrackNowError = std::variant<RegisterError, ports::StoreError>;

// Asks a parcel's carriers at once: registers the number where it is new, waits for the carriers (never for a store or
// a thread of the caller's), keeps what they say, and calls back once with the tracking as it then stands.
void track_now(RegisterCommand command, WriteGate& gate, ports::CarrierGateway& gateway,
               std::function<void(Result<domain::Tracking, TrackNowError>)> done);

// The same for a number that must be new: of one that is there already nothing is asked.
void register_and_track_now(RegisterCommand command, WriteGate& gate, ports::CarrierGateway& gateway,
                            std::function<void(Result<domain::Tracking, TrackNowError>)> done);

}  // namespace parcelwake::app
