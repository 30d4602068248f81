#pragma once

#include <chrono>
#include <string_view>

#include "base/time.h"
#include "domain/waybill/air_waybill.h"
#include "ports/airline_gateway.h"

namespace parcelwake::carriers {

// Of the built-in airline's waybills. No airline of the world has it.
inline constexpr std::string_view kSandboxAirline = "998";

struct SandboxAirlineReply {
  ports::AirlineAnswer answer;
  std::chrono::milliseconds delay{0};  // how long this airline takes to give it
};

// What the built-in airline says at `now` about a waybill that was asked for first at `first_asked_at`.
//
// The serial names its scenario: data/sandbox_airline.toml lists them, docs/sandbox.md explains them. A number without
// a scenario is unknown to this airline. The same arguments give the same answer, and a later `now` never takes back
// what an earlier one said. Safe from any thread.
SandboxAirlineReply ask_sandbox_airline(const domain::AirWaybill& number, Timestamp first_asked_at, Timestamp now);

}  // namespace parcelwake::carriers
