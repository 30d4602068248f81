#include "app/trackings/track_now.h"

#include <memory>
#include <utility>

#include "app/polling/ask_carriers.h"

namespace parcelwake::app {
namespace {

void keep_answer(AnswerCommand answer, const TrackNowServices& services) {
  TrackingAskKey key{answer.id, answer.asked};
  AnswerBatch batch;
  batch.commands.push_back(std::move(answer));
  services.writes.submit(std::move(batch), [&asks = services.asks, key = std::move(key)](auto outcome) {
    if (!outcome) return asks.tell(key, fail(outcome.error()));
    asks.tell(key, std::move(std::get<AnswerOutcomes>(*outcome).front()));
  });
}

void ask_and_keep(domain::Tracking tracking, const TrackNowServices& services, TrackNowDone done) {
  std::vector<DueAsk> asks{ask_of(tracking)};
  const TrackingAskKey key{tracking.id, asks.front().origin.carrier};
  const auto told = [known = std::move(tracking), done = std::move(done)](const TrackingAskOutcome& outcome) {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    done(outcome->value_or(known));
  };
  if (!services.asks.join(key, told)) return;
  ask_carriers(std::move(asks), services.gateway,
               [services](AnswerCommand answer) { keep_answer(std::move(answer), services); });
}

}  // namespace

void track_now(RegisterCommand command, const TrackNowServices& services, TrackNowDone done) {
  RealtimeBatch batch;
  batch.commands.push_back(std::move(command));
  services.writes.submit(std::move(batch), [services, done = std::move(done)](auto outcome) mutable {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    auto& begun = std::get<RealtimeOutcomes>(*outcome).front();
    if (!begun) return done(fail(TrackNowError(begun.error())));
    RealtimeStart& start = *begun;
    if (!start.ask) return done(std::move(start.tracking));
    ask_and_keep(std::move(start.tracking), services, std::move(done));
  });
}

void register_and_track_now(RegisterCommand command, const TrackNowServices& services, TrackNowDone done) {
  command.asked_by_caller = true;
  RegisterBatch batch;
  batch.commands.push_back(std::move(command));
  services.writes.submit(std::move(batch), [services, done = std::move(done)](auto outcome) mutable {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    auto& registered = std::get<RegisterOutcomes>(*outcome).front();
    if (!registered) return done(fail(TrackNowError(registered.error())));
    domain::Tracking& tracking = registered->tracking;
    if (!services.gateway.reachability(tracking.carrier).can_ask) return done(std::move(tracking));
    ask_and_keep(std::move(tracking), services, std::move(done));
  });
}

}  // namespace parcelwake::app
