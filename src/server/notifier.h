#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "app/writing/write_gate.h"
#include "base/observe/metrics.h"
#include "ports/clock.h"
#include "ports/webhook_renderer.h"
#include "ports/webhook_sender.h"
#include "server/ticker.h"

namespace parcelwake::server {

// What became of attempts to tell endpoints, for metrics.
struct NotifierFigures {
  metrics::Counter delivered;
  metrics::Counter failed;    // attempts, those that are made again among them
  metrics::Counter dropped;   // deliveries given up, but for those of endpoints that were disabled
  metrics::Counter disabled;  // endpoints
};

// Keeps telling endpoints what changed: fans changes out, claims a handful of deliveries, sends all of them at once,
// hands each outcome to the write gate as it comes, and claims more while there is room. A pass never waits for an
// endpoint, and one that stalls holds no more than its share.
class Notifier {
 public:
  struct Settings {
    std::size_t most_in_flight = 200;
    std::size_t per_endpoint = 8;
    std::chrono::milliseconds lease{30'000};  // longer than any attempt takes
  };
  using FindAccount = std::function<std::optional<domain::Account>(domain::AccountId)>;

  Notifier(app::WriteGate& gate, ports::WebhookSender& sender, const ports::WebhookRenderer& renderer,
           FindAccount find_account, ports::Clock& clock, Settings settings);
  ~Notifier();

  // Answers of carriers were kept, so that changes may be noted now. From any thread.
  void nudge();

  const NotifierFigures& figures() const;
  std::size_t in_flight() const;  // deliveries claimed and not settled yet

  // No claim begins once this has returned. Waits for what is under way, but no longer than `grace`: what the sender
  // then fails with Stopped is due again at the next start.
  void stop(std::chrono::milliseconds grace);

 private:
  struct State;

  std::shared_ptr<State> state_;
  std::unique_ptr<Ticker> ticker_;
};

}  // namespace parcelwake::server
