#include "carriers/sandbox/air_scenario_book.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "carriers/sandbox/scenario_course.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Table;

constexpr std::size_t kNameDigits = 2;

using Stations = std::map<std::string, UtcOffset, std::less<>>;
using Steps = std::map<std::string, AirStep, std::less<>>;

std::string text(const Table& table, std::string_view key) { return std::string(table.string(key).value_or("")); }

std::int64_t count(const Table& table, std::string_view key, std::int64_t most) {
  return table.integer(key, 0, most).value_or(0);
}

Stations read_stations(const Table& root) {
  Stations stations;
  const auto table = root.required_table("stations");
  if (!table) return stations;
  for (const auto& entry : table->entries()) {
    const auto offset = parse_utc_offset(entry.value.string().value_or(""));
    if (!offset) entry.value.refuse("no offset such as \"+08:00\"");
    stations.emplace(entry.key, offset.value_or(UtcOffset{}));
  }
  return stations;
}

// The station that `key` names, and its offset.
std::string read_station(const Table& row, std::string_view key, const Stations& stations, UtcOffset& offset) {
  const auto station = stations.find(row.required_string(key));
  if (station == stations.end()) {
    row.refuse(key, "no such station");
    return {};
  }
  offset = station->second;
  return station->first;
}

AirRoute read_route(std::string_view flight, const Table& row, const Stations& stations) {
  AirRoute route;
  route.flight = flight;
  route.from = read_station(row, "from", stations, route.from_offset);
  route.to = read_station(row, "to", stations, route.to_offset);
  route.departs = std::chrono::hours{count(row, "departs", 10'000)};
  route.arrives = std::chrono::hours{count(row, "arrives", 10'000)};
  return route;
}

AirStep read_step(const Table& row, const Stations& stations) {
  AirStep step;
  step.after_first = std::chrono::hours{count(row, "hour", 10'000)} + std::chrono::minutes{count(row, "minute", 59)};
  step.code = row.required_string("code");
  step.text = text(row, "text");
  step.station = read_station(row, "station", stations, step.offset);
  step.flight = text(row, "flight");
  step.pieces = text(row, "pieces");
  step.weight = text(row, "weight");
  return step;
}

AirScenario read_scenario(const Table& row, const Steps& steps) {
  AirScenario scenario;
  read_course(row, steps, scenario);
  scenario.pace = std::chrono::seconds{count(row, "pace_s", 1'000'000)};
  scenario.delay = std::chrono::milliseconds{count(row, "delay_ms", 1'000'000)};
  return scenario;
}

bool is_scenario_name(std::string_view name) {
  return name.size() == kNameDigits && std::all_of(name.begin(), name.end(), ascii::is_digit);
}

}  // namespace

Result<AirScenarioBook, std::vector<wire::toml::Problem>> AirScenarioBook::load(std::string_view toml,
                                                                                std::string file) {
  auto document = wire::toml::Document::parse(toml, std::move(file));
  if (!document) return fail(std::vector{document.error()});
  const Table root = document->root();
  AirScenarioBook book;
  const Stations stations = read_stations(root);
  if (const auto shipment = root.required_table("shipment")) {
    UtcOffset offset;
    book.origin_ = read_station(*shipment, "origin", stations, offset);
    book.destination_ = read_station(*shipment, "destination", stations, offset);
    book.pieces_ = shipment->required_integer("pieces");
    book.weight_ = shipment->required_string("weight");
  }
  if (const auto flights = root.required_table("flights")) {
    for (const auto& entry : flights->entries()) {
      if (const auto row = entry.value.table()) book.routes_.push_back(read_route(entry.key, *row, stations));
    }
  }
  Steps steps;
  if (const auto table = root.required_table("steps")) {
    for (const auto& entry : table->entries()) {
      if (const auto row = entry.value.table()) steps.emplace(entry.key, read_step(*row, stations));
    }
  }
  if (const auto table = root.required_table("scenarios")) {
    for (const auto& entry : table->entries()) {
      if (!is_scenario_name(entry.key)) entry.value.refuse("a scenario's name is two digits");
      if (const auto row = entry.value.table()) book.scenarios_.emplace(entry.key, read_scenario(*row, steps));
    }
  }
  document->refuse_unread_keys();
  if (auto problems = document->problems(); !problems.empty()) return fail(std::move(problems));
  return book;
}

const AirScenario* AirScenarioBook::find(std::string_view serial) const {
  const auto found = scenarios_.find(serial.substr(0, kNameDigits));
  return found == scenarios_.end() ? nullptr : &found->second;
}

}  // namespace parcelwake::carriers
