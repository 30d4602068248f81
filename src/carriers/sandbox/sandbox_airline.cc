#include "carriers/sandbox/sandbox_airline.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/observe/log.h"
#include "carriers/sandbox/air_scenario_book.h"
#include "parcelwake_carriers_sandbox_embedded.h"

namespace parcelwake::carriers {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::seconds;

const AirScenarioBook& built_in_book() {
  static const AirScenarioBook book = [] {
    const auto files = sandbox_data::files();
    const auto& file = *std::find_if(files.begin(), files.end(),
                                     [](const auto& f) { return f.path.ends_with("sandbox_airline.toml"); });
    auto loaded = AirScenarioBook::load(file.bytes, std::string(file.path));
    if (!loaded) {  // A bug of ours: the file is part of the executable and tested.
      log::error("sandbox data unreadable", "{}", wire::toml::to_string(loaded.error().front()));
      std::abort();
    }
    return std::move(loaded).value();
  }();
  return book;
}

// When the steps and flights of one waybill happen. A way with a pace begins one step after the first ask, any other
// ended an hour before it.
class AirDiary {
 public:
  AirDiary(const AirScenario& scenario, Timestamp first_asked_at)
      : scenario_(scenario), start_(floor<seconds>(first_asked_at)) {}

  Timestamp moment_of(std::size_t step) const {
    if (scenario_.pace.count() > 0) return start_ + scenario_.pace * static_cast<std::int64_t>(step + 1);
    return start_ - hours{1} - scenario_.steps.back().after_first + scenario_.steps[step].after_first;
  }

  // The step in which that flight departs or arrives; nothing when the scenario ends before.
  std::optional<std::size_t> step_of(const std::string& flight, std::string_view code) const {
    for (std::size_t i = 0; i < scenario_.steps.size(); ++i) {
      if (scenario_.steps[i].flight == flight && scenario_.steps[i].code == code) return i;
    }
    return std::nullopt;
  }

  // Where there is a pace, everything happens as planned.
  Timestamp planned(hours after_first, std::optional<std::size_t> step) const {
    if (scenario_.pace.count() > 0 && step) return moment_of(*step);
    return moment_of(0) + after_first;
  }

 private:
  const AirScenario& scenario_;
  const Timestamp start_;
};

domain::EventTime clock_at(Timestamp moment, UtcOffset offset) {
  return {to_wall(moment, offset), offset, true, domain::Precision::Minute};
}

domain::Flight flight_of(const AirRoute& route, const AirDiary& diary, Timestamp now) {
  domain::Flight flight;
  flight.number = route.flight;
  flight.from = route.from;
  flight.to = route.to;
  const auto departure = diary.step_of(route.flight, "DEP");
  const auto arrival = diary.step_of(route.flight, "ARR");
  flight.planned_departure = clock_at(diary.planned(route.departs, departure), route.from_offset);
  flight.planned_arrival = clock_at(diary.planned(route.arrives, arrival), route.to_offset);
  if (departure && diary.moment_of(*departure) <= now) {
    flight.departed = clock_at(diary.moment_of(*departure), route.from_offset);
  }
  if (arrival && diary.moment_of(*arrival) <= now) {
    flight.arrived = clock_at(diary.moment_of(*arrival), route.to_offset);
  }
  return flight;
}

domain::AirEvent event_of(const AirStep& step, Timestamp moment) {
  const AirScenarioBook& book = built_in_book();
  domain::AirEvent event;
  event.happened = clock_at(moment, step.offset);
  event.text = step.text;
  event.station = step.station;
  event.flight = step.flight;
  event.code = step.code;
  event.pieces = step.pieces.empty() ? std::to_string(book.pieces()) : step.pieces;
  event.weight = step.weight.empty() ? book.weight() : step.weight;
  return event;
}

ports::AirlineAnswer report_of(const AirScenario& scenario, Timestamp first_asked_at, Timestamp now) {
  const AirScenarioBook& book = built_in_book();
  const AirDiary diary(scenario, first_asked_at);
  ports::AirlineReport report;
  domain::AirShipment& shipment = report.shipment;
  shipment.origin = book.origin();
  shipment.destination = book.destination();
  shipment.pieces = book.pieces();
  shipment.weight = book.weight();
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const Timestamp moment = diary.moment_of(i);
    if (moment > now) {
      report.news_due_in = moment - now;
      break;
    }
    shipment.events.insert(shipment.events.begin(), event_of(scenario.steps[i], moment));
  }
  if (shipment.events.empty()) {
    return fail(ports::CarrierFailure{ports::CarrierError::UnknownNumber, "not booked yet", report.news_due_in});
  }
  for (const AirRoute& route : book.routes()) shipment.flights.push_back(flight_of(route, diary, now));
  domain::complete(shipment);
  return report;
}

}  // namespace

SandboxAirlineReply ask_sandbox_airline(const domain::AirWaybill& number, Timestamp first_asked_at, Timestamp now) {
  const AirScenario* scenario = built_in_book().find(number.serial());
  if (scenario == nullptr) {
    return {fail(ports::CarrierFailure{ports::CarrierError::UnknownNumber, "the number names no sandbox scenario",
                                       std::nullopt}),
            std::chrono::milliseconds{0}};
  }
  if (scenario->failure) return {fail(*scenario->failure), scenario->delay};
  return {report_of(*scenario, first_asked_at, now), scenario->delay};
}

}  // namespace parcelwake::carriers
