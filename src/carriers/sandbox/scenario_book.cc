#include "carriers/sandbox/scenario_book.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "carriers/sandbox/scenario_course.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Table;

constexpr std::string_view kPrefix = "SBX";

struct Place {
  std::string name;
  UtcOffset offset;
};
using Places = std::map<std::string, Place, std::less<>>;
using Steps = std::map<std::string, SandboxStep, std::less<>>;

std::optional<domain::Reading> parse_reading(std::string_view name) {
  if (const auto substatus = domain::parse_substatus(name)) {
    return domain::Reading{domain::status_of(*substatus), substatus};
  }
  if (const auto status = domain::parse_status(name)) return domain::Reading{*status, std::nullopt};
  return std::nullopt;
}

std::int64_t count(const Table& table, std::string_view key) { return table.integer(key, 0, 100'000'000).value_or(0); }

std::string text(const Table& table, std::string_view key) { return std::string(table.string(key).value_or("")); }

Places read_places(const Table& root) {
  Places places;
  const auto table = root.required_table("places");
  if (!table) return places;
  for (const auto& entry : table->entries()) {
    const auto row = entry.value.table();
    if (!row) continue;
    const auto offset = parse_utc_offset(row->required_string("offset"));
    if (!offset) row->refuse("offset", "no offset such as \"+08:00\"");
    places.emplace(entry.key, Place{std::string(row->required_string("name")), offset.value_or(UtcOffset{})});
  }
  return places;
}

SandboxStep read_step(const Table& row, const Places& places) {
  SandboxStep step;
  step.after_first = std::chrono::hours{count(row, "hour")};
  step.code = row.required_string("code");
  step.text = row.required_string("text");
  step.notice = row.boolean("notice").value_or(false);
  const auto place = places.find(row.required_string("place"));
  if (place == places.end()) {
    row.refuse("place", "no such place");
  } else {
    step.place = place->second.name;
    step.offset = place->second.offset;
  }
  if (const auto name = row.string("reading")) {
    step.reading = parse_reading(*name);
    if (!step.reading) row.refuse("reading", "no such status or substatus");
  }
  if (const auto name = row.string("milestone")) {
    step.milestone = domain::parse_milestone(*name);
    if (!step.milestone) row.refuse("milestone", "no such milestone");
  }
  return step;
}

Steps read_steps(const Table& root, const Places& places) {
  Steps steps;
  const auto table = root.required_table("steps");
  if (!table) return steps;
  for (const auto& entry : table->entries()) {
    if (const auto row = entry.value.table()) steps.emplace(entry.key, read_step(*row, places));
  }
  return steps;
}

SandboxScenario read_scenario(const Table& row, const Steps& steps) {
  SandboxScenario scenario;
  read_course(row, steps, scenario);
  scenario.pace = std::chrono::seconds{count(row, "pace_s")};
  scenario.days_ago = std::chrono::days{count(row, "days_ago")};
  scenario.unknown_for = std::chrono::seconds{count(row, "unknown_for_s")};
  scenario.delay = std::chrono::milliseconds{count(row, "delay_ms")};
  scenario.signed_by = text(row, "signed_by");
  scenario.last_mile_carrier = text(row, "last_mile_carrier");
  scenario.last_mile_number = text(row, "last_mile_number");
  return scenario;
}

bool is_scenario_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return ascii::is_upper(c) || ascii::is_digit(c); });
}

std::string without_separators(std::string_view number) {
  std::string kept;
  for (const char c : number) {
    if (c != '-' && c != '_') kept.push_back(c);
  }
  return kept;
}

}  // namespace

Result<ScenarioBook, std::vector<wire::toml::Problem>> ScenarioBook::load(std::string_view toml, std::string file) {
  auto document = wire::toml::Document::parse(toml, std::move(file));
  if (!document) return fail(std::vector{document.error()});
  const Table root = document->root();
  ScenarioBook book;
  book.source_ = root.required_string("carrier_source");
  const Steps steps = read_steps(root, read_places(root));
  if (const auto table = root.required_table("scenarios")) {
    for (const auto& entry : table->entries()) {
      if (!is_scenario_name(entry.key)) entry.value.refuse("a scenario's name is upper-case letters and digits");
      if (const auto row = entry.value.table()) book.scenarios_.emplace(entry.key, read_scenario(*row, steps));
    }
  }
  if (const auto table = root.table("aliases")) {
    for (const auto& entry : table->entries()) {
      const std::string scenario(entry.value.string().value_or(""));
      if (!book.scenarios_.contains(scenario)) entry.value.refuse("no such scenario");
      book.aliases_.emplace(ascii::to_upper(entry.key), scenario);
    }
  }
  document->refuse_unread_keys();
  if (auto problems = document->problems(); !problems.empty()) return fail(std::move(problems));
  return book;
}

ScenarioBook::Found ScenarioBook::find(std::string_view number) const {
  const std::string folded = ascii::to_upper(number);
  if (const auto alias = aliases_.find(folded); alias != aliases_.end()) {
    return {&scenarios_.at(alias->second), ""};
  }
  const std::string bare = without_separators(folded);
  if (!bare.starts_with(kPrefix)) return {};
  const std::string_view wanted = std::string_view(bare).substr(kPrefix.size());
  for (std::size_t length = wanted.size(); length > 0; --length) {
    const auto found = scenarios_.find(std::string(wanted.substr(0, length)));
    if (found != scenarios_.end()) return {&found->second, std::string(wanted.substr(length))};
  }
  return {};
}

}  // namespace parcelwake::carriers
