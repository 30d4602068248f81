#include "app/polling/apply_answers.h"

#include <algorithm>

#include "app/trackings/working_set.h"
#include "domain/policy/asking.h"
#include "domain/tracking/absorb_report.h"

namespace parcelwake::app {
namespace {

using domain::LegKind;
using ports::CarrierError;

domain::CarrierKind kind_of(const domain::CarrierCode& carrier, const ports::CarrierCatalogue& catalogue) {
  const domain::Carrier* known = catalogue.find(carrier);
  return known == nullptr ? domain::CarrierKind::Express : known->kind;
}

bool absorb(domain::Tracking& tracking, LegKind leg, const ports::CarrierAnswer& answer, Timestamp now) {
  if (answer.ok()) return domain::absorb_report(tracking, leg, answer.value(), now);
  const bool unknown =
      answer.error().error == CarrierError::UnknownNumber || answer.error().error == CarrierError::InvalidNumber;
  return unknown && domain::note_unknown_number(tracking, now);
}

// A post hands its parcels to the post of the country they go to.
bool hand_to_destination_post(domain::Tracking& tracking, const ports::CarrierCatalogue& catalogue) {
  if (!tracking.destination.carrier.empty()) return false;
  const std::string& country = tracking.facts.destination_country.empty() ? tracking.details.destination_code
                                                                          : tracking.facts.destination_country;
  const auto post = catalogue.destination_post(tracking.number.text(), country);
  if (!post || *post == tracking.carrier) return false;
  tracking.destination.carrier = *post;
  return true;
}

bool answered(const ports::CarrierAnswer& answer) {
  return answer.ok() || answer.error().error == CarrierError::UnknownNumber ||
         answer.error().error == CarrierError::InvalidNumber;
}

struct Pace {
  domain::CarrierKind kind;
  std::uint32_t dice;
  Timestamp now;
};

ports::Schedule next_ask(const domain::Tracking& tracking, const AnswerCommand& command, const ports::Schedule& known,
                         const Pace& pace) {
  ports::Schedule next = known;
  next.waiting = false;
  if (answered(command.origin) || (command.destination && answered(*command.destination))) {
    next.failures = 0;
    next.last_asked = pace.now;
    next.due_at = pace.now + domain::ask_interval(tracking, pace.kind, pace.now, pace.dice);
    return next;
  }
  const ports::CarrierFailure& failure = command.origin.error();
  if (failure.error == CarrierError::NotConnected) {
    next.waiting = true;
    next.due_at = pace.now + domain::kWaitingInterval;
    return next;
  }
  if (failure.error != CarrierError::Throttled) ++next.failures;
  const auto pause = domain::retry_interval(tracking, pace.kind, pace.now, std::max(next.failures, 1U), pace.dice);
  next.due_at = pace.now + std::max(pause, failure.retry_after.value_or(std::chrono::milliseconds{0}));
  return next;
}

}  // namespace

Result<std::vector<std::optional<domain::Tracking>>, ports::StoreError> apply_answers(
    std::span<const AnswerCommand> commands, ports::TrackingStore& store, const ports::CarrierCatalogue& catalogue,
    ports::Random& random, Timestamp now) {
  std::vector<domain::TrackingId> ids;
  ids.reserve(commands.size());
  for (const AnswerCommand& command : commands) ids.push_back(command.id);
  auto working = WorkingSet<domain::TrackingId>::load(store, ids);
  if (!working) return fail(working.error());
  const auto schedules = store.schedules(ids);
  if (!schedules) return fail(schedules.error());

  std::vector<std::optional<domain::Tracking>> outcomes;
  std::vector<std::pair<domain::TrackingId, ports::Schedule>> rescheduled;
  outcomes.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const AnswerCommand& command = commands[i];
    ports::TrackingChange* change = working->find(command.id);
    if (change == nullptr) {
      outcomes.emplace_back();
      continue;
    }
    domain::Tracking& tracking = change->after.tracking;
    const domain::CarrierKind kind = kind_of(tracking.carrier, catalogue);
    bool changed = absorb(tracking, LegKind::Origin, command.origin, now);
    if (command.destination) changed |= absorb(tracking, LegKind::Destination, *command.destination, now);
    changed |= hand_to_destination_post(tracking, catalogue);
    if (now >= domain::expires_at(tracking, kind)) changed |= domain::expire(tracking, now);
    if (domain::journey_ended(tracking)) {
      changed |= !tracking.asking_ended.has_value();
      tracking.asking_ended = tracking.asking_ended.value_or(now);
      change->unscheduled = true;
    } else {
      tracking.asking_ended.reset();
      const Pace pace{.kind = kind, .dice = static_cast<std::uint32_t>(random.bits()), .now = now};
      const ports::Schedule next = next_ask(tracking, command, (*schedules)[i].value_or(ports::Schedule{}), pace);
      change->schedule = next;
      if (!changed) rescheduled.emplace_back(command.id, next);
    }
    if (changed) working->touch(command.id);
    outcomes.emplace_back(tracking);
  }
  if (const auto saved = store.save(working->touched()); !saved) return fail(saved.error());
  if (const auto saved = store.reschedule(rescheduled); !saved) return fail(saved.error());
  return outcomes;
}

}  // namespace parcelwake::app
