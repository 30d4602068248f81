#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_set.h"
#include "base/strong_id.h"
#include "base/time.h"
#include "domain/tracking/status.h"
#include "domain/tracking/tracking_id.h"

namespace parcelwake::domain {

using EndpointId = StrongId<struct EndpointTag>;
using StatusSet = EnumSet<Status>;

// What an endpoint and the server both know, and nobody else: 32 random bytes.
using EndpointSecret = std::array<std::uint8_t, 32>;

// "whsec_" and the bytes in base64, as Standard Webhooks writes secrets.
std::string to_string(const EndpointSecret& secret);

// Why nothing is sent to an endpoint. The numbers are kept in stores.
enum class Disabled : std::uint8_t {
  No = 0,
  Gone = 1,     // It answered 410.
  Failing = 2,  // For too long nothing that was sent to it was taken.
};

// Where an account wants to be told of its trackings' changes.
struct Endpoint {
  EndpointId id;
  AccountId account;
  std::string url;      // may hold a secret: shown to its owner, never logged
  std::string dialect;  // in whose words it is told: "trackingmore-v2"
  StatusSet statuses;   // the statuses it wants to hear of; empty: all
  EndpointSecret secret{};
  Timestamp created_at{};
  Disabled disabled = Disabled::No;
  std::optional<Timestamp> failing_since;  // of the first failure since the last success; nothing after a success
  std::optional<Timestamp> last_tried;
  std::string last_outcome;  // of that attempt, for people: "200", "503", "no answer in time"

  bool enabled() const { return disabled == Disabled::No; }
  bool wants(Status status) const { return statuses.empty() || statuses.contains(status); }

  bool operator==(const Endpoint&) const = default;
};

// So many an account may have.
inline constexpr std::size_t kMostEndpoints = 4;

// Whether a text can be an endpoint's URL: http or https, a host, no white space and no control character, at most
// 2,048 characters.
bool is_endpoint_url(std::string_view text);

// An attempt was made at `now`. A success ends a time of failing; a failure begins one, or goes on with it.
void note_success(Endpoint& endpoint, std::string outcome, Timestamp now);
void note_failure(Endpoint& endpoint, std::string outcome, Timestamp now);

// As if it had just been made, failures forgotten.
void enable(Endpoint& endpoint);

}  // namespace parcelwake::domain
