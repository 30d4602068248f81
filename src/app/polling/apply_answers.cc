#include "app/polling/apply_answers.h"

#include <algorithm>

#include "app/trackings/working_set.h"
#include "domain/policy/asking.h"
#include "domain/policy/telling.h"
#include "domain/tracking/absorb_report.h"

namespace parcelwake::app {
namespace {

using domain::LegKind;
using ports::CarrierAnswer;
using ports::CarrierError;
using std::chrono::milliseconds;

domain::CarrierKind kind_of(const domain::CarrierCode& carrier, const ports::CarrierCatalogue& catalogue) {
  const domain::Carrier* known = catalogue.find(carrier);
  return known == nullptr ? domain::CarrierKind::Express : known->kind;
}

// The carrier spoke about the number, be it to say that it does not know it.
bool answered(const CarrierAnswer& answer) {
  return answer.ok() || answer.error().error == CarrierError::UnknownNumber ||
         answer.error().error == CarrierError::InvalidNumber;
}

bool answered(const AnswerCommand& command) {
  return answered(command.origin) || (command.destination && answered(*command.destination));
}

bool absorb(domain::Tracking& tracking, LegKind leg, const CarrierAnswer& answer, Timestamp now) {
  if (answer.ok()) return domain::absorb_report(tracking, leg, answer.value(), now);
  return answered(answer) && domain::note_unknown_number(tracking, now);
}

// A post hands its parcels to the post of the country they go to.
bool hand_to_destination_post(domain::Tracking& tracking, const ports::CarrierCatalogue& catalogue, Timestamp now) {
  if (!tracking.destination.carrier.empty()) return false;
  const std::string& country = tracking.facts.destination_country.empty() ? tracking.details.destination_code
                                                                          : tracking.facts.destination_country;
  const auto post = catalogue.destination_post(tracking.number.text(), country);
  if (!post || *post == tracking.carrier) return false;
  tracking.destination.carrier = *post;
  domain::mark_changed(tracking, now);
  return true;
}

milliseconds within_reason(milliseconds pause) {
  return std::clamp<milliseconds>(pause, domain::kShortestPause, domain::kLongestPause);
}

struct Pace {
  domain::CarrierKind kind;
  std::uint32_t dice;
  Timestamp now;
};

// News that a carrier promises bring the next ask forward; one that does not know the number yet may say when it will.
milliseconds pause_after(const CarrierAnswer& answer, milliseconds interval) {
  if (answer.ok()) return std::min(interval, within_reason(answer.value().news_due_in.value_or(interval)));
  if (!answered(answer) || !answer.error().retry_after) return interval;
  return within_reason(*answer.error().retry_after);
}

milliseconds pause_after(const AnswerCommand& command, milliseconds interval) {
  if (!command.destination || !answered(*command.destination)) return pause_after(command.origin, interval);
  if (!answered(command.origin)) return pause_after(*command.destination, interval);
  return std::min(pause_after(command.origin, interval), pause_after(*command.destination, interval));
}

// Of two legs that both failed, the one that tells when it makes sense to go on.
const ports::CarrierFailure& leading_failure(const AnswerCommand& command) {
  const bool origin_is_asked = command.origin.error().error != CarrierError::NotConnected;
  return origin_is_asked || !command.destination ? command.origin.error() : command.destination->error();
}

ports::Schedule next_ask(const domain::Tracking& tracking, const AnswerCommand& command, const ports::Schedule& known,
                         const Pace& pace) {
  ports::Schedule next = known;
  next.waiting = false;
  if (answered(command)) {
    next.failures = 0;
    next.last_asked = pace.now;
    next.due_at = pace.now + pause_after(command, domain::ask_interval(tracking, pace.kind, pace.now, pace.dice));
    return next;
  }
  const ports::CarrierFailure& failure = leading_failure(command);
  if (failure.error == CarrierError::NotConnected) {
    next.waiting = true;
    next.due_at = pace.now + domain::kWaitingInterval;
    return next;
  }
  if (failure.error != CarrierError::Throttled) ++next.failures;
  milliseconds pause = domain::retry_interval(tracking, pace.kind, pace.now, std::max(next.failures, 1U), pace.dice);
  if (failure.retry_after) pause = std::max(pause, within_reason(*failure.retry_after));
  next.due_at = pace.now + pause;
  return next;
}

// Returns whether anything of the tracking is to be saved.
bool apply(ports::TrackingChange& change, const AnswerCommand& command, const ports::Schedule& known,
           const ports::CarrierCatalogue& catalogue, const Pace& pace) {
  domain::Tracking& tracking = change.after.tracking;
  const bool stopped = domain::asking_stopped(tracking);
  const domain::CarrierCode handed_to = tracking.destination.carrier;
  bool changed = absorb(tracking, LegKind::Origin, command.origin, pace.now);
  if (command.destination) changed |= absorb(tracking, LegKind::Destination, *command.destination, pace.now);
  changed |= hand_to_destination_post(tracking, catalogue, pace.now);
  if (pace.now >= domain::expires_at(tracking, pace.kind)) changed |= domain::expire(tracking, pace.now);
  change.unscheduled = stopped || domain::journey_ended(tracking);
  if (!change.unscheduled) {
    tracking.asking_ended.reset();
    change.schedule = next_ask(tracking, command, change.schedule.value_or(known), pace);
    // Whoever the parcel has just been handed to is asked without delay.
    if (tracking.destination.carrier != handed_to) change.schedule->due_at = pace.now + domain::kShortestPause;
    return changed;
  }
  change.schedule.reset();
  // A parcel that is polled no more is still asked by request, and that moment is then the last.
  if (tracking.asking_ended && !answered(command)) return changed;
  tracking.asking_ended = pace.now;
  if (!changed) domain::mark_changed(tracking, pace.now);  // days are counted up to this moment
  return true;
}

// Adds the tracking to what is to be told, where its account listens.
Result<void, ports::StoreError> note_news(const domain::Tracking& tracking, Timestamp now,
                                          ports::NotificationStore& store, std::vector<domain::Notice>& news) {
  const auto listening = store.is_listening(tracking.account);
  if (!listening) return fail(listening.error());
  if (*listening) news.push_back({.tracking = tracking, .changed_at = now, .sequence = 0});
  return {};
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
  outcomes.reserve(commands.size());
  std::vector<domain::Notice> news;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    ports::TrackingChange* change = working->find(commands[i].id);
    if (change == nullptr) {
      outcomes.emplace_back();
      continue;
    }
    if (!commands[i].asked.empty() && commands[i].asked != change->after.tracking.origin.carrier) {
      outcomes.emplace_back(change->after.tracking);
      continue;
    }
    const Pace pace{.kind = kind_of(change->after.tracking.carrier, catalogue),
                    .dice = static_cast<std::uint32_t>(random.bits()),
                    .now = now};
    const ports::Schedule known = (*schedules)[i].value_or(ports::Schedule{});
    const domain::Standing before = domain::standing_of(change->after.tracking);
    if (apply(*change, commands[i], known, catalogue, pace)) working->touch(commands[i].id);
    outcomes.emplace_back(change->after.tracking);
    if (domain::standing_of(change->after.tracking) == before) continue;
    const auto noted = note_news(change->after.tracking, now, store.notifications(), news);
    if (!noted) return fail(noted.error());
  }
  if (const auto saved = store.save(working->take_touched()); !saved) return fail(saved.error());
  if (const auto saved = store.reschedule(working->untouched_schedules()); !saved) return fail(saved.error());
  if (news.empty()) return outcomes;
  if (const auto noted = store.notifications().note(news); !noted) return fail(noted.error());
  return outcomes;
}

}  // namespace parcelwake::app
