#include "server/notifier.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "base/observe/log.h"

namespace parcelwake::server {
namespace {

using app::AddressedDelivery;
using app::SettleCommand;
using app::Settled;
using ports::WebhookError;
using std::chrono::milliseconds;

// How often the outbox is looked at when nobody nudges.
constexpr milliseconds kIdlePause{500};

constexpr std::size_t kLargestClaim = 128;
constexpr std::size_t kLargestFanOut = 256;

ports::WebhookOutcome unsendable(std::string why) {
  return fail(ports::WebhookFailure{.error = WebhookError::Unsendable, .detail = std::move(why), .retry_after = {}});
}

SettleCommand settlement_of(const AddressedDelivery& one, ports::WebhookOutcome outcome) {
  return {.delivery = one.delivery.id,
          .endpoint = one.endpoint.id,
          .failures = one.delivery.failures,
          .outcome = std::move(outcome)};
}

}  // namespace

// Shared with the callbacks under way, which may outlive the notifier.
struct Notifier::State : std::enable_shared_from_this<Notifier::State> {
  State(app::WriteGate& write_gate, ports::WebhookSender& webhook_sender,
        const ports::WebhookRenderer& webhook_renderer, FindAccount account_finder, ports::Clock& wall_clock,
        Settings its_settings)
      : gate(write_gate),
        sender(webhook_sender),
        renderer(webhook_renderer),
        find_account(std::move(account_finder)),
        clock(wall_clock),
        settings(its_settings) {}

  void wake() {
    const std::scoped_lock lock(nudging);
    if (nudge) nudge();
  }

  // Returns how long to wait for the next one.
  milliseconds pass() {
    send_claimed();
    claim();
    const std::scoped_lock lock(mutex);
    return claimed.empty() ? kIdlePause : milliseconds{0};
  }

  void claim() {
    if (claiming.exchange(true)) return;
    app::ClaimDeliveriesCommand command{.changes = kLargestFanOut, .limits = {}, .lease = settings.lease};
    {
      const std::scoped_lock lock(mutex);
      const std::size_t room = settings.most_in_flight - std::min(settings.most_in_flight, in_flight);
      command.limits = {
          .deliveries = std::min(room, kLargestClaim), .per_endpoint = settings.per_endpoint, .under_way = under_way};
    }
    gate.submit(std::move(command), [self = shared_from_this()](auto outcome) {
      auto got = outcome ? std::get<app::ClaimedDeliveries>(*std::move(outcome)) : app::ClaimedDeliveries{};
      const bool go_on = !got.deliveries.empty() || got.more_are_noted;
      self->take(std::move(got));
      self->claiming = false;
      if (go_on) self->wake();
    });
  }

  // Counted before the next claim may begin, or that would take the room for free. Sent by the ticker's thread: the
  // gate's has better things to do than to write bodies.
  void take(app::ClaimedDeliveries got) {
    listening = got.listening || !got.deliveries.empty();
    {
      const std::scoped_lock lock(mutex);
      in_flight += got.deliveries.size();
      for (AddressedDelivery& one : got.deliveries) {
        ++under_way[one.endpoint.id];
        claimed.push_back(std::move(one));
      }
    }
    if (stopping) release_claimed();
  }

  void send_claimed() {
    std::vector<AddressedDelivery> ready;
    {
      const std::scoped_lock lock(mutex);
      ready.swap(claimed);
    }
    std::vector<ports::WebhookMessage> messages;
    auto sent = std::make_shared<std::vector<AddressedDelivery>>();
    for (AddressedDelivery& one : ready) {
      auto message = message_for(one);
      if (!message) {
        settle(settlement_of(one, unsendable(std::move(message).error())));
        continue;
      }
      messages.push_back(*std::move(message));
      sent->push_back(std::move(one));
    }
    if (messages.empty()) return;
    sender.send(std::move(messages),
                [self = shared_from_this(), sent](std::size_t index, ports::WebhookOutcome outcome) {
                  self->settle(settlement_of((*sent)[index], std::move(outcome)));
                });
  }

  Result<ports::WebhookMessage, std::string> message_for(const AddressedDelivery& one) const {
    const auto account = find_account(one.endpoint.account);
    if (!account) return fail(std::string("the account is not known"));
    const Timestamp now = clock.now();
    auto content = renderer.render(one.delivery.notice, one.endpoint, *account, now);
    if (!content) return fail(std::string("there is no dialect of that name"));
    return ports::WebhookMessage{.url = one.endpoint.url,
                                 .name = domain::name_of(one.delivery.notice),
                                 .secret = one.endpoint.secret,
                                 .sent_at = now,
                                 .content = *std::move(content)};
  }

  void settle(SettleCommand command) {
    const domain::EndpointId endpoint = command.endpoint;
    const bool tried = command.outcome || command.outcome.error().error != WebhookError::Stopped;
    const bool failed = !command.outcome && tried;
    if (failed) {
      static log::Throttle failures;
      log::throttled(failures, log::Level::Debug, "webhooks", "an attempt at endpoint {} failed: {}", endpoint.value,
                     command.outcome.error().detail);
    }
    app::SettleBatch batch;
    batch.commands.push_back(std::move(command));
    gate.submit(std::move(batch), [self = shared_from_this(), endpoint, failed](const auto& outcome) {
      // What could not be kept is sent again when its lease has run out.
      static log::Throttle throttle;
      if (!outcome) {
        log::throttled(throttle, log::Level::Warning, "webhooks",
                       "the outcome of a delivery could not be kept; it is sent again");
      }
      if (failed) self->figures.failed.add();
      if (outcome) self->count(std::get<app::SettleOutcomes>(*outcome).front());
      self->let_go(endpoint);
      self->wake();
    });
  }

  void count(Settled what) {
    switch (what) {
      case Settled::Delivered:
        figures.delivered.add();
        break;
      case Settled::Dropped:
        figures.dropped.add();
        break;
      case Settled::Disabled:
        figures.disabled.add();
        break;
      case Settled::PutOff:
      case Settled::Released:
        break;
    }
  }

  void let_go(domain::EndpointId endpoint) {
    {
      const std::scoped_lock lock(mutex);
      --in_flight;
      if (--under_way[endpoint] == 0) under_way.erase(endpoint);
    }
    settled.notify_all();
  }

  // What was claimed and never sent is due again at once.
  void release_claimed() {
    std::vector<AddressedDelivery> unsent;
    {
      const std::scoped_lock lock(mutex);
      unsent.swap(claimed);
    }
    for (const AddressedDelivery& one : unsent) {
      settle(settlement_of(
          one, fail(ports::WebhookFailure{.error = WebhookError::Stopped, .detail = {}, .retry_after = {}})));
    }
  }

  app::WriteGate& gate;
  ports::WebhookSender& sender;
  const ports::WebhookRenderer& renderer;
  const FindAccount find_account;
  ports::Clock& clock;
  const Settings settings;
  NotifierFigures figures;
  std::atomic<bool> claiming{false};
  std::atomic<bool> stopping{false};
  std::atomic<bool> listening{true};  // some endpoint is enabled, as far as the last claim knew

  std::mutex mutex;  // guards the three below
  std::size_t in_flight = 0;
  std::map<domain::EndpointId, std::size_t> under_way;
  std::vector<AddressedDelivery> claimed;
  std::condition_variable settled;

  std::mutex nudging;
  std::function<void()> nudge;  // empty once stopped
};

Notifier::Notifier(app::WriteGate& gate, ports::WebhookSender& sender, const ports::WebhookRenderer& renderer,
                   FindAccount find_account, ports::Clock& clock, Settings settings)
    : state_(std::make_shared<State>(gate, sender, renderer, std::move(find_account), clock, settings)) {
  ticker_ = std::make_unique<Ticker>([state = state_] { return state->pass(); });
  const std::scoped_lock lock(state_->nudging);
  state_->nudge = [this] { ticker_->nudge(); };
}

Notifier::~Notifier() { stop(milliseconds{0}); }

void Notifier::nudge() {
  if (state_->listening) state_->wake();
}

const NotifierFigures& Notifier::figures() const { return state_->figures; }

std::size_t Notifier::in_flight() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->in_flight;
}

void Notifier::stop(milliseconds grace) {
  {
    const std::scoped_lock lock(state_->nudging);
    state_->nudge = nullptr;
  }
  ticker_->stop();
  state_->stopping = true;
  state_->release_claimed();
  std::unique_lock lock(state_->mutex);
  state_->settled.wait_for(lock, grace, [this] { return state_->in_flight == 0; });
}

}  // namespace parcelwake::server
