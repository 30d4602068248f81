#pragma once

#include <functional>
#include <variant>

#include "app/polling/tracking_asks.h"
#include "app/trackings/register_trackings.h"
#include "app/writing/write_gate.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::app {

// Of what RegisterError can say there are BalanceTooLow and, where the number must be new, AlreadyTracked.
using TrackNowError = std::variant<RegisterError, ports::StoreError>;
using TrackNowDone = std::function<void(Result<domain::Tracking, TrackNowError>)>;

// What asking at once needs. All of it outlives the asks.
struct TrackNowServices {
  WriteGate& writes;
  ports::CarrierGateway& gateway;
  TrackingAsks& asks;
};

// Asks a parcel's carriers at once: registers the number where it is new, waits for the carriers (never for a store or
// a thread of the caller's), keeps what they say, and calls back once with the tracking as it then stands. While
// somebody asks for the same, the poller included, nobody is asked again: their answer is this caller's too.
void track_now(RegisterCommand command, const TrackNowServices& services, TrackNowDone done);

// The same for a number that must be new: of one that is there already nothing is asked.
void register_and_track_now(RegisterCommand command, const TrackNowServices& services, TrackNowDone done);

}  // namespace parcelwake::app
