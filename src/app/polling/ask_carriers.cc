#include "app/polling/ask_carriers.h"

#include <atomic>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace parcelwake::app {
namespace {

// The answers of one round as they come in.
struct Round {
  struct Pending {
    domain::TrackingId id;
    domain::CarrierCode carrier;
    std::optional<ports::CarrierAnswer> origin;
    std::optional<ports::CarrierAnswer> destination;
    std::atomic<int> open{1};
  };
  struct Question {
    std::size_t pending;
    domain::LegKind leg;
  };

  std::vector<Pending> pending;
  std::vector<Question> questions;
  std::function<void(AnswerCommand)> answered;

  explicit Round(std::size_t size) : pending(size) {}

  void take(std::size_t index, ports::CarrierAnswer answer) {
    Pending& one = pending[questions[index].pending];
    (questions[index].leg == domain::LegKind::Origin ? one.origin : one.destination).emplace(std::move(answer));
    if (one.open.fetch_sub(1) != 1) return;
    answered({.id = one.id,
              .origin = *std::move(one.origin),
              .destination = std::move(one.destination),
              .asked = std::move(one.carrier)});
  }
};

}  // namespace

void ask_carriers(std::vector<DueAsk> asks, ports::CarrierGateway& gateway,
                  std::function<void(AnswerCommand)> answered) {
  auto round = std::make_shared<Round>(asks.size());
  round->answered = std::move(answered);
  std::vector<ports::CarrierQuestion> questions;
  for (std::size_t i = 0; i < asks.size(); ++i) {
    round->pending[i].id = asks[i].id;
    round->pending[i].carrier = asks[i].origin.carrier;
    questions.push_back(std::move(asks[i].origin));
    round->questions.push_back({i, domain::LegKind::Origin});
    if (!asks[i].destination) continue;
    round->pending[i].open = 2;
    questions.push_back(*std::move(asks[i].destination));
    round->questions.push_back({i, domain::LegKind::Destination});
  }
  gateway.ask(std::move(questions),
              [round](std::size_t index, ports::CarrierAnswer answer) { round->take(index, std::move(answer)); });
}

}  // namespace parcelwake::app
