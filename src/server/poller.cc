#include "server/poller.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <utility>

#include "app/polling/ask_carriers.h"
#include "base/observe/log.h"

namespace parcelwake::server {
namespace {

using std::chrono::milliseconds;

// How often the schedule is looked at when nobody nudges.
constexpr milliseconds kIdlePause{1000};

constexpr std::size_t kLargestClaim = 256;

// Longer than any carrier's time-out: who took a tracking and fell silent has died.
constexpr std::chrono::minutes kLease{5};

}  // namespace

// Shared with the callbacks under way, which may outlive the poller.
struct Poller::State : std::enable_shared_from_this<Poller::State> {
  State(app::WriteGate& write_gate, ports::CarrierGateway& carrier_gateway, app::TrackingAsks& open_asks,
        std::size_t most)
      : gate(write_gate), gateway(carrier_gateway), under_way(open_asks), most_in_flight(most) {}

  void wake() {
    const std::scoped_lock lock(mutex);
    if (nudge) nudge();
  }

  void claim() {
    if (claiming.exchange(true)) return;
    const std::size_t limit = std::min(most_in_flight - std::min(most_in_flight, in_flight.load()), kLargestClaim);
    if (limit == 0) {
      claiming = false;
      return;
    }
    gate.submit(app::ClaimCommand{.limit = limit, .lease = kLease}, [self = shared_from_this(), limit](auto outcome) {
      auto asks = outcome ? std::get<app::ClaimOutcome>(*std::move(outcome)) : app::ClaimOutcome{};
      // Counted before the next claim may begin, or that would take the room for free.
      self->in_flight += asks.size();
      self->claiming = false;
      self->ask(std::move(asks), limit);
    });
  }

  void ask(app::ClaimOutcome asks, std::size_t limit) {
    if (asks.empty()) return;
    const bool more_may_be_due = asks.size() == limit;
    for (const app::DueAsk& ask : asks) under_way.begin({ask.id, ask.origin.carrier});
    app::ask_carriers(std::move(asks), gateway,
                      [self = shared_from_this()](app::AnswerCommand answer) { self->keep(std::move(answer)); });
    if (more_may_be_due) wake();
  }

  void keep(app::AnswerCommand answer) {
    app::TrackingAskKey key{answer.id, answer.asked};
    app::AnswerBatch batch;
    batch.commands.push_back(std::move(answer));
    gate.submit(std::move(batch), [self = shared_from_this(), key = std::move(key)](const auto& outcome) {
      // What could not be kept is asked for again when its lease has run out.
      static log::Throttle throttle;
      if (!outcome)
        log::throttled(throttle, log::Level::Warning, "polling",
                       "an answer could not be kept; its carrier is asked again in {} minutes", kLease.count());
      self->tell(key, outcome);
      const bool was_full = self->in_flight.fetch_sub(1) >= self->most_in_flight;
      if (was_full) self->wake();
    });
  }

  void tell(const app::TrackingAskKey& key, const Result<app::WriteOutcome, ports::StoreError>& outcome) {
    if (!outcome) return under_way.tell(key, fail(outcome.error()));
    under_way.tell(key, std::get<app::AnswerOutcomes>(*outcome).front());
  }

  app::WriteGate& gate;
  ports::CarrierGateway& gateway;
  app::TrackingAsks& under_way;
  const std::size_t most_in_flight;
  std::atomic<std::size_t> in_flight{0};
  std::atomic<bool> claiming{false};
  std::mutex mutex;
  std::function<void()> nudge;  // empty once stopped
};

Poller::Poller(app::WriteGate& gate, ports::CarrierGateway& gateway, app::TrackingAsks& asks, unsigned most_in_flight)
    : state_(std::make_shared<State>(gate, gateway, asks, most_in_flight)) {
  ticker_ = std::make_unique<Ticker>([state = state_] {
    state->claim();
    return kIdlePause;
  });
  const std::scoped_lock lock(state_->mutex);
  state_->nudge = [this] { ticker_->nudge(); };
}

Poller::~Poller() { stop(); }

void Poller::nudge() { state_->wake(); }

std::size_t Poller::in_flight() const { return state_->in_flight; }

void Poller::stop() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->nudge = nullptr;
  }
  ticker_->stop();
}

}  // namespace parcelwake::server
