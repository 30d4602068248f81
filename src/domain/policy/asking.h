#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.h"
#include "domain/tracking/carrier.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// When a carrier is asked about a parcel, and when no more.
//
// Base intervals: 3 hours for express carriers, 6 for posts (TrackingMore's help pages). Closer while the parcel is out
// for delivery, wider the longer nothing is heard. `dice` is 32 random bits: it spreads the moments by a tenth to
// either side, so that trackings registered together drift apart.
std::chrono::milliseconds ask_interval(const Tracking& tracking, CarrierKind kind, Timestamp now, std::uint32_t dice);

// After the `failures`-th failed ask in a row (1 or more): 2 minutes, doubling, at most the ask_interval.
std::chrono::milliseconds retry_interval(const Tracking& tracking, CarrierKind kind, Timestamp now, unsigned failures,
                                         std::uint32_t dice);

// A parcel that is not delivered expires 30 days (express) or 60 days (post) after the latest of its registration, its
// having been taken up again and its newest checkpoint.
Timestamp expires_at(const Tracking& tracking, CarrierKind kind);

// Whether there is anything left to ask: not once delivered, returned or expired.
bool journey_ended(const Tracking& tracking);

// Whether the customer wants it asked no more: asking has ended although the journey has not.
bool asking_stopped(const Tracking& tracking);

// How a parcel whose carrier cannot be asked at all is looked at again: for the sake of ageing alone.
inline constexpr std::chrono::hours kWaitingInterval{24};

// However soon a carrier promises news, and however long it wants to be left alone, the next ask is no sooner and no
// later than this.
inline constexpr std::chrono::seconds kShortestPause{1};
inline constexpr std::chrono::hours kLongestPause{24};

// The same parcel is asked by request ("realtime") at most once in this time; inside it the known state is the answer.
inline constexpr std::chrono::hours kRealtimeWindow{2};

}  // namespace parcelwake::domain
