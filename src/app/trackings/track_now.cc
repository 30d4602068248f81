#include "app/trackings/track_now.h"

#include <memory>
#include <utility>

#include "app/polling/ask_carriers.h"

namespace parcelwake::app {
namespace {

using Done = std::function<void(Result<domain::Tracking, TrackNowError>)>;

void keep_answer(AnswerCommand answer, domain::Tracking known, WriteGate& gate, Done done) {
  AnswerBatch batch;
  batch.commands.push_back(std::move(answer));
  gate.submit(std::move(batch), [known = std::move(known), done = std::move(done)](auto outcome) mutable {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    auto& tracking = std::get<AnswerOutcomes>(*outcome).front();
    done(tracking ? *std::move(tracking) : std::move(known));
  });
}

void ask_and_keep(domain::Tracking tracking, WriteGate& gate, ports::CarrierGateway& gateway, Done done) {
  std::vector<DueAsk> asks{ask_of(tracking)};
  ask_carriers(std::move(asks), gateway,
               [&gate, known = std::move(tracking), done = std::move(done)](AnswerCommand answer) mutable {
                 keep_answer(std::move(answer), std::move(known), gate, std::move(done));
               });
}

}  // namespace

void track_now(RegisterCommand command, WriteGate& gate, ports::CarrierGateway& gateway, Done done) {
  RealtimeBatch batch;
  batch.commands.push_back(std::move(command));
  gate.submit(std::move(batch), [&gate, &gateway, done = std::move(done)](auto outcome) mutable {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    auto& begun = std::get<RealtimeOutcomes>(*outcome).front();
    if (!begun) return done(fail(TrackNowError(begun.error())));
    RealtimeStart& start = *begun;
    if (!start.ask) return done(std::move(start.tracking));
    ask_and_keep(std::move(start.tracking), gate, gateway, std::move(done));
  });
}

void register_and_track_now(RegisterCommand command, WriteGate& gate, ports::CarrierGateway& gateway, Done done) {
  command.asked_by_caller = true;
  RegisterBatch batch;
  batch.commands.push_back(std::move(command));
  gate.submit(std::move(batch), [&gate, &gateway, done = std::move(done)](auto outcome) mutable {
    if (!outcome) return done(fail(TrackNowError(outcome.error())));
    auto& registered = std::get<RegisterOutcomes>(*outcome).front();
    if (!registered) return done(fail(TrackNowError(registered.error())));
    domain::Tracking& tracking = registered->tracking;
    if (!gateway.reachability(tracking.carrier).can_ask) return done(std::move(tracking));
    ask_and_keep(std::move(tracking), gate, gateway, std::move(done));
  });
}

}  // namespace parcelwake::app
