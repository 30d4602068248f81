#pragma once

#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "ports/carrier_gateway.h"

namespace parcelwake::app::testing {

// Reaches every carrier but the unreachable ones. Answers by its script at once, or, without one, keeps the questions
// for the test to answer in the order it likes.
class ScriptedGateway final : public ports::CarrierGateway {
 public:
  struct Open {
    ports::CarrierQuestion question;
    std::size_t index;
    std::shared_ptr<Answered> answered;

    void answer(ports::CarrierAnswer with) const { (*answered)(index, std::move(with)); }
  };

  std::set<domain::CarrierCode> unreachable;
  std::function<ports::CarrierAnswer(const ports::CarrierQuestion&)> script;
  std::vector<Open> open;
  std::size_t asked = 0;

  ports::Reachability reachability(const domain::CarrierCode& carrier) const override {
    if (unreachable.contains(carrier)) return {.can_ask = false, .missing = "no credentials"};
    return {.can_ask = true, .missing = {}};
  }
  void ask(std::vector<ports::CarrierQuestion> questions, Answered answered) override {
    const auto shared = std::make_shared<Answered>(std::move(answered));
    for (std::size_t i = 0; i < questions.size(); ++i) {
      ++asked;
      if (script) {
        (*shared)(i, script(questions[i]));
      } else {
        open.push_back({std::move(questions[i]), i, shared});
      }
    }
  }
};

inline ports::CarrierAnswer failing(ports::CarrierError error,
                                    std::optional<std::chrono::milliseconds> retry_after = {}) {
  return fail(ports::CarrierFailure{.error = error, .detail = "as the test wants it", .retry_after = retry_after});
}

}  // namespace parcelwake::app::testing
