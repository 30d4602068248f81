#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::ports {

enum class CarrierError {
  UnknownNumber,  // The carrier answered and does not know it. Normal for new labels; ask again later.
  InvalidNumber,  // The carrier refuses the number's form. Ask again rarely.
  Refused,        // Our credentials or our request were refused. Somebody must look.
  Throttled,      // Too fast, or our own budget is used up. Wait as long as it says.
  Unreachable,    // No answer, or one that says "later". Retry with backoff.
  Unreadable,     // An answer that we cannot interpret. The declaration needs work.
  NotConnected,   // No connector, or none with credentials: nobody was asked.
};

struct CarrierFailure {
  CarrierError error = CarrierError::Unreachable;
  std::string detail;                                    // for people and logs; no secret, no personal data
  std::optional<std::chrono::milliseconds> retry_after;  // when to ask again, where the carrier says so
};

struct CarrierQuestion {
  domain::CarrierCode carrier;
  domain::TrackingNumber number;
  domain::Details details;    // hints that some carriers need
  Timestamp registered_at{};  // when the tracking was added
};

using CarrierAnswer = Result<domain::CarrierReport, CarrierFailure>;

// How far the server is able to ask a carrier.
struct Reachability {
  bool can_ask = false;
  std::string missing;  // what to do about it, when it cannot: one sentence for a person
};

// Asks carriers. Safe from any thread.
class CarrierGateway {
 public:
  virtual ~CarrierGateway() = default;

  virtual Reachability reachability(const domain::CarrierCode& carrier) const = 0;

  // Calls back exactly once for each question, with its index, from a thread of the gateway's own, in any order, each
  // as soon as its carrier answered: within the carrier's time-out in any case. Must not be called back after stop().
  using Answered = std::function<void(std::size_t index, CarrierAnswer answer)>;
  virtual void ask(std::vector<CarrierQuestion> questions, Answered answered) = 0;
};

}  // namespace parcelwake::ports
