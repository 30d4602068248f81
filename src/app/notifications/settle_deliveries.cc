#include "app/notifications/settle_deliveries.h"

#include <map>
#include <string_view>

#include "base/observe/log.h"

namespace parcelwake::app {
namespace {

using domain::Disabled;
using domain::Endpoint;
using ports::StoreError;
using ports::WebhookError;

// When an endpoint was last tried is for people: it is not written more often than this for its own sake.
constexpr std::chrono::minutes kLastTriedPause{1};

struct KnownEndpoint {
  Endpoint before;
  Endpoint after;
};
using KnownEndpoints = std::map<domain::EndpointId, KnownEndpoint>;

// One pass over the outcomes of many attempts.
class Settling {
 public:
  Settling(ports::NotificationStore& store, const domain::RetryRule& rule, ports::Random& random, Timestamp now)
      : store_(store), rule_(rule), random_(random), now_(now) {}

  Result<void, StoreError> load_endpoints() {
    auto endpoints = store_.endpoints();
    if (!endpoints) return fail(endpoints.error());
    for (Endpoint& endpoint : *endpoints) {
      endpoints_.emplace(endpoint.id, KnownEndpoint{.before = endpoint, .after = endpoint});
    }
    return {};
  }

  Result<Settled, StoreError> settle(const SettleCommand& command) {
    const auto found = endpoints_.find(command.endpoint);
    if (found == endpoints_.end() || !found->second.after.enabled()) return finish(command, Settled::Dropped);
    Endpoint& endpoint = found->second.after;
    if (command.outcome) {
      domain::note_success(endpoint, *command.outcome, now_);
      return finish(command, Settled::Delivered);
    }
    const ports::WebhookFailure& failure = command.outcome.error();
    if (failure.error == WebhookError::Stopped) return put_off(command, command.failures, {}, Settled::Released);
    domain::note_failure(endpoint, failure.detail, now_);
    if (failure.error == WebhookError::Gone) return disable(endpoint, Disabled::Gone);
    if (domain::is_given_up(endpoint, rule_, now_)) return disable(endpoint, Disabled::Failing);
    const auto pause = domain::pause_before_retry(rule_, command.failures + 1, failure.retry_after,
                                                  static_cast<std::uint32_t>(random_.bits()));
    if (!pause) return finish(command, Settled::Dropped);
    return put_off(command, command.failures + 1, *pause, Settled::PutOff);
  }

  Result<void, StoreError> save_endpoints() {
    for (const auto& [id, known] : endpoints_) {
      if (!worth_writing(known)) continue;
      if (const auto saved = store_.update_endpoint(known.after); !saved) return fail(saved.error());
    }
    return {};
  }

 private:
  Result<Settled, StoreError> finish(const SettleCommand& command, Settled outcome) {
    if (const auto done = store_.finish(std::span(&command.delivery, 1), now_); !done) return fail(done.error());
    return outcome;
  }

  Result<Settled, StoreError> put_off(const SettleCommand& command, unsigned failures, std::chrono::milliseconds pause,
                                      Settled outcome) {
    const ports::PutOff later{.delivery = command.delivery, .failures = failures, .due_at = now_ + pause};
    if (const auto done = store_.put_off(std::span(&later, 1)); !done) return fail(done.error());
    return outcome;
  }

  Result<Settled, StoreError> disable(Endpoint& endpoint, Disabled why) {
    endpoint.disabled = why;
    const auto dropped = store_.drop_deliveries(endpoint.id);
    if (!dropped) return fail(dropped.error());
    log::warning("webhooks", "endpoint {} of account {} {}; it is disabled; deliveries dropped: {}", endpoint.id.value,
                 endpoint.account.value, why == Disabled::Gone ? "answered that it is gone" : "has failed for too long",
                 *dropped);
    return Settled::Disabled;
  }

  static bool worth_writing(const KnownEndpoint& known) {
    const Endpoint& before = known.before;
    const Endpoint& after = known.after;
    if (before == after) return false;
    return before.disabled != after.disabled || before.failing_since != after.failing_since ||
           before.last_outcome != after.last_outcome || !before.last_tried ||
           *after.last_tried - *before.last_tried >= kLastTriedPause;
  }

  ports::NotificationStore& store_;
  const domain::RetryRule& rule_;
  ports::Random& random_;
  const Timestamp now_;
  KnownEndpoints endpoints_;
};

}  // namespace

Result<std::vector<Settled>, StoreError> settle_deliveries(std::span<const SettleCommand> commands,
                                                           ports::NotificationStore& store,
                                                           const domain::RetryRule& rule, ports::Random& random,
                                                           Timestamp now) {
  Settling settling(store, rule, random, now);
  if (const auto loaded = settling.load_endpoints(); !loaded) return fail(loaded.error());
  std::vector<Settled> outcomes;
  outcomes.reserve(commands.size());
  for (const SettleCommand& command : commands) {
    const auto settled = settling.settle(command);
    if (!settled) return fail(settled.error());
    outcomes.push_back(*settled);
  }
  if (const auto saved = settling.save_endpoints(); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
