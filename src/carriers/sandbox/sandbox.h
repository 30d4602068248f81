#pragma once

#include <chrono>
#include <string_view>

#include "base/time.h"
#include "domain/tracking/tracking_number.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::carriers {

inline constexpr std::string_view kSandboxCarrier = "sandbox";

struct SandboxReply {
  ports::CarrierAnswer answer;
  std::chrono::milliseconds delay{0};  // how long this carrier takes to give it
};

// What the built-in carrier `sandbox` says at `now` about a number that was registered at `registered_at`.
//
// The number names its scenario: "SBXDELIVERED…", "SBXTRANSIT003…", "SBXWALK…", "SBXTHROTTLED…"; data/sandbox.toml
// lists them, docs/sandbox.md explains them. Test numbers that other vendors publish ("EZ4000000004") work as well.
// A number without a scenario is unknown to this carrier. The same arguments give the same answer, and a later `now`
// never takes back what an earlier one said: its clock is the caller's. Safe from any thread.
SandboxReply ask_sandbox(const domain::TrackingNumber& number, Timestamp registered_at, Timestamp now);

}  // namespace parcelwake::carriers
