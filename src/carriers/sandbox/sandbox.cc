#include "carriers/sandbox/sandbox.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "base/observe/log.h"
#include "carriers/sandbox/scenario_book.h"
#include "parcelwake_carriers_sandbox_embedded.h"

namespace parcelwake::carriers {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::seconds;

const ScenarioBook& built_in_book() {
  static const ScenarioBook book = [] {
    const auto& file = sandbox_data::files().front();
    auto loaded = ScenarioBook::load(file.bytes, std::string(file.path));
    if (!loaded) {  // A bug of ours: the file is part of the executable and tested.
      log::error("sandbox data unreadable", "{}", wire::toml::to_string(loaded.error().front()));
      std::abort();
    }
    return std::move(loaded).value();
  }();
  return book;
}

// When a step happens. A road with a pace begins one step after the registration, any other one ended an hour before.
Timestamp moment_of(const SandboxScenario& scenario, std::size_t step, Timestamp registered_at) {
  const Timestamp start = floor<seconds>(registered_at);
  if (scenario.pace.count() > 0) return start + scenario.pace * static_cast<std::int64_t>(step + 1);
  const auto before_last = scenario.steps.back().after_first - scenario.steps[step].after_first;
  return start - hours{1} - before_last - scenario.days_ago;
}

domain::EventTime event_time(Timestamp moment, UtcOffset offset) {
  return {to_wall(moment, offset), offset, true, domain::Precision::Second};
}

domain::Checkpoint checkpoint_of(const SandboxStep& step, Timestamp moment, Timestamp now, const std::string& source) {
  domain::Checkpoint checkpoint;
  checkpoint.time = event_time(moment, step.offset);
  checkpoint.time_raw = to_iso(moment, step.offset);
  checkpoint.description = step.text;
  checkpoint.location = step.place;
  checkpoint.code = step.code;
  checkpoint.reading = step.reading;
  checkpoint.milestone = step.milestone;
  checkpoint.notice = step.notice;
  checkpoint.source = source;
  checkpoint.first_seen = now;
  return checkpoint;
}

domain::ShipmentFacts common_facts() {
  domain::ShipmentFacts facts;
  facts.origin_country = "CN";
  facts.destination_country = "US";
  facts.service = "Sandbox Express";
  facts.weight = "1.2 kg";
  return facts;
}

std::string with_rest(std::string pattern, const std::string& rest) {
  constexpr std::string_view kRest = "{rest}";
  if (const auto at = pattern.find(kRest); at != std::string::npos) pattern.replace(at, kRest.size(), rest);
  return pattern;
}

bool is_delivery(const domain::Checkpoint& checkpoint) {
  return checkpoint.reading && checkpoint.reading->status == domain::Status::Delivered;
}

void tell_delivery(domain::CarrierReport& report, const SandboxScenario& scenario) {
  for (const domain::Checkpoint& checkpoint : report.checkpoints) {
    if (!is_delivery(checkpoint)) continue;
    report.delivered_at = checkpoint.time;
    report.facts.signed_by = scenario.signed_by;
  }
}

domain::CarrierReport report_of(const ScenarioBook::Found& found, const domain::TrackingNumber& number,
                                Timestamp registered_at, Timestamp now) {
  const SandboxScenario& scenario = *found.scenario;
  domain::CarrierReport report;
  report.number = number.text();
  report.facts = common_facts();
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const Timestamp moment = moment_of(scenario, i, registered_at);
    if (moment > now) {
      report.news_due_in = moment - now;
      break;
    }
    report.checkpoints.push_back(checkpoint_of(scenario.steps[i], moment, now, built_in_book().source()));
  }
  domain::number_in_sequence(report.checkpoints);
  tell_delivery(report, scenario);
  const bool complete = report.checkpoints.size() == scenario.steps.size();
  if (complete && !scenario.last_mile_carrier.empty()) {
    report.last_mile_carrier = domain::CarrierCode::trusted(scenario.last_mile_carrier);
    report.last_mile_number = with_rest(scenario.last_mile_number, found.rest);
  }
  return report;
}

SandboxReply unknown_number(std::string detail, std::optional<std::chrono::milliseconds> known_in,
                            std::chrono::milliseconds delay) {
  return {fail(ports::CarrierFailure{ports::CarrierError::UnknownNumber, std::move(detail), known_in}), delay};
}

}  // namespace

SandboxReply ask_sandbox(const domain::TrackingNumber& number, Timestamp registered_at, Timestamp now) {
  const ScenarioBook::Found found = built_in_book().find(number.text());
  if (found.scenario == nullptr) {
    return unknown_number("the number names no sandbox scenario", std::nullopt, std::chrono::milliseconds{0});
  }
  const SandboxScenario& scenario = *found.scenario;
  if (scenario.failure) return {fail(*scenario.failure), scenario.delay};
  const Timestamp known_from = registered_at + scenario.unknown_for;
  if (now < known_from) return unknown_number("not scanned yet", known_from - now, scenario.delay);
  auto report = report_of(found, number, registered_at, now);
  if (report.checkpoints.empty()) return unknown_number("not scanned yet", report.news_due_in, scenario.delay);
  return {std::move(report), scenario.delay};
}

}  // namespace parcelwake::carriers
