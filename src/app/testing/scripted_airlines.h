#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ports/airline_gateway.h"

namespace parcelwake::app::testing {

// Reaches every airline but the unreachable ones. Answers by its script at once, or, without one, keeps the questions
// for the test to answer in the order it likes.
class ScriptedAirlines final : public ports::AirlineGateway {
 public:
  struct Open {
    ports::WaybillQuestion question;
    std::size_t index;
    std::shared_ptr<AirlineAnswered> answered;

    void answer(ports::AirlineAnswer with) const { (*answered)(index, std::move(with)); }
  };

  std::set<std::string, std::less<>> unreachable;  // prefixes
  std::function<ports::AirlineAnswer(const ports::WaybillQuestion&)> script;
  std::vector<Open> open;
  std::size_t asked = 0;

  ports::Reachability airline_reachability(std::string_view prefix) const override {
    if (unreachable.contains(prefix)) return {.can_ask = false, .missing = "no connector"};
    return {.can_ask = true, .missing = {}};
  }
  void ask_airlines(std::vector<ports::WaybillQuestion> questions, AirlineAnswered answered) override {
    const auto shared = std::make_shared<AirlineAnswered>(std::move(answered));
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

// An answer that says no more than where the shipment stands.
inline ports::AirlineReport standing_at(std::string code, std::string station = "HKG") {
  ports::AirlineReport report;
  domain::AirEvent& event = report.shipment.events.emplace_back();
  event.code = std::move(code);
  event.station = std::move(station);
  event.happened.wall = WallTime{std::chrono::local_days{std::chrono::year{2024} / 5 / 1}} + std::chrono::hours{10};
  event.happened.precision = domain::Precision::Minute;
  domain::complete(report.shipment);
  return report;
}

}  // namespace parcelwake::app::testing
