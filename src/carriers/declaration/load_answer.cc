#include <array>
#include <charconv>

#include "base/ascii.h"
#include "base/time.h"
#include "carriers/declaration/load_parts.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Kind;
using wire::toml::Table;
using wire::toml::Value;

// One of a closed list of words; the first of the list when the key is absent.
template <class Enum, std::size_t N>
Enum load_word(const Table& table, std::string_view key,
               const std::array<std::pair<std::string_view, Enum>, N>& words) {
  const auto given = table.string(key);
  if (!given) return words.front().second;
  for (const auto& [word, value] : words) {
    if (word == *given) return value;
  }
  std::string known;
  for (const auto& row : words) known += (known.empty() ? "" : ", ") + std::string(row.first);
  table.refuse(key, "'" + std::string(*given) + "' is none of " + known);
  return words.front().second;
}

constexpr std::array<std::pair<std::string_view, Operation>, 4> kOperations = {
    {{"strip_markup", Operation::StripMarkup},
     {"title", Operation::Title},
     {"upper", Operation::Upper},
     {"words", Operation::Words}}};
constexpr std::array<std::pair<std::string_view, AnswerErrorKind>, 6> kErrorKinds = {
    {{"server", AnswerErrorKind::Server},
     {"auth", AnswerErrorKind::Auth},
     {"rate_limit", AnswerErrorKind::RateLimit},
     {"bad_request", AnswerErrorKind::BadRequest},
     {"invalid_number", AnswerErrorKind::InvalidNumber},
     {"not_found", AnswerErrorKind::NotFound}}};
constexpr std::array<std::pair<std::string_view, AnswerKind>, 2> kAnswerKinds = {
    {{"json", AnswerKind::Json}, {"xml", AnswerKind::Xml}}};
constexpr std::array<std::pair<std::string_view, EventOrder>, 2> kOrders = {
    {{"newest_first", EventOrder::NewestFirst}, {"oldest_first", EventOrder::OldestFirst}}};
constexpr std::array<std::pair<std::string_view, Duplicates>, 3> kDuplicates = {
    {{"keep", Duplicates::Keep}, {"newest_event", Duplicates::NewestEvent}, {"greatest_key", Duplicates::GreatestKey}}};

void load_paths(const Value& value, std::vector<wire::xml::Query>& paths) {
  if (value.kind() != Kind::Array) {
    if (auto query = load_query(value)) paths.push_back(std::move(*query));
    return;
  }
  for (const Value& item : value.items()) {
    if (auto query = load_query(item)) paths.push_back(std::move(*query));
  }
}

Field field_of(const Value& value) {
  Field field;
  if (value.kind() != Kind::Table) {
    load_paths(value, field.paths);
    return field;
  }
  const auto table = value.table();
  if (const auto paths = table->value("paths")) load_paths(*paths, field.paths);
  if (field.paths.empty()) table->refuse("paths", "'paths' is missing");
  for (const std::string_view name : table->strings("operations")) {
    const auto found =
        std::find_if(kOperations.begin(), kOperations.end(), [name](const auto& row) { return row.first == name; });
    if (found == kOperations.end()) {
      table->refuse("operations", "there is no operation '" + std::string(name) + "'");
    } else {
      field.operations.push_back(found->second);
    }
  }
  if (const auto except = table->value("except")) field.except = load_pattern(*except);
  return field;
}

std::string known_zone(const Value& value) {
  const std::string zone(value.string().value_or(""));
  if (!zone.empty() && !is_known_zone(zone)) value.refuse("there is no time zone '" + zone + "'");
  return zone;
}

TimeRule time_of(const Table& table) {
  TimeRule rule;
  rule.date = load_field(table, "date");
  if (rule.date.paths.empty()) table.refuse("date", "'date' is missing");
  rule.time = load_field(table, "time");
  rule.offset = load_field(table, "offset");
  rule.zone_name = load_field(table, "zone_name");
  for (const Value& item : table.array("patterns")) {
    auto pattern = TimePattern::compile(item.string().value_or(""));
    if (pattern) {
      rule.patterns.push_back(std::move(*pattern));
    } else {
      item.refuse(pattern.error());
    }
  }
  if (rule.patterns.empty()) table.refuse("patterns", "'patterns' is missing or empty");
  if (const auto zone = table.value("zone")) rule.zone = known_zone(*zone);
  if (const auto zones = table.table("zones")) {
    for (const auto& [word, value] : zones->entries()) rule.zones.emplace(word, known_zone(value));
  }
  return rule;
}

// "404", "5xx", "400-403".
bool parse_http(std::string_view text, std::vector<int>& from_to) {
  const auto number = [](std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() && value >= 100 && value <= 599 ? value : 0;
  };
  int first = 0;
  int last = 0;
  if (text.size() == 3 && text.ends_with("xx")) {
    first = number(std::string{text[0]} + "00");
    last = first + 99;
  } else {
    const std::size_t dash = text.find('-');
    first = number(text.substr(0, dash));
    last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
  }
  if (first == 0 || last < first) return false;
  from_to.push_back(first);
  from_to.push_back(last);
  return true;
}

std::vector<ErrorRule> load_errors(const Table& parent, std::string_view key) {
  std::vector<ErrorRule> rules;
  for (const Table& table : parent.tables(key)) {
    ErrorRule rule;
    table.required_string("kind");
    rule.kind = load_word(table, "kind", kErrorKinds);
    for (const std::string_view status : table.strings("http")) {
      if (!parse_http(status, rule.http_from_to)) {
        table.refuse("http", "'" + std::string(status) + "' is no HTTP status like \"404\", \"5xx\" or \"400-403\"");
      }
    }
    if (const auto when = table.value("when")) rule.when = load_query(*when);
    if (rule.http_from_to.empty() && !rule.when) table.refuse("kind", "neither 'http' nor 'when'");
    rules.push_back(std::move(rule));
  }
  return rules;
}

void load_facts(const Table& item, FactFields& facts) {
  const auto table = item.table("facts");
  if (!table) return;
  facts.origin_country = load_field(*table, "origin_country");
  facts.destination_country = load_field(*table, "destination_country");
  facts.service = load_field(*table, "service");
  facts.weight = load_joined(*table, "weight", " ");
  facts.reference = load_field(*table, "reference");
  facts.last_mile_carrier = load_field(*table, "last_mile_carrier");
  facts.last_mile_number = load_field(*table, "last_mile_number");
  facts.estimated_delivery = load_times(*table, "estimated_delivery");
}

void load_item(const Table& item, const NamedRules& rules, AnswerMapping& into) {
  into.items = load_required_query(item, "path");
  into.item_errors = load_errors(item, "error");
  into.number = load_field(item, "number");
  for (const Value& other : item.array("other_numbers")) into.other_numbers.push_back(field_of(other));
  into.duplicates = load_word(item, "duplicates", kDuplicates);
  into.duplicate_key = load_field(item, "duplicate_key");
  if ((into.duplicates == Duplicates::GreatestKey) == into.duplicate_key.paths.empty()) {
    item.refuse("duplicate_key", "'duplicate_key' and duplicates = \"greatest_key\" need each other");
  }
  into.item_status = load_status(item, "status", rules);
  into.signer = load_field(item, "signer");
  into.delivered_at = load_times(item, "delivered_at");
  load_facts(item, into.facts);
}

// A parcel carrier's event has words, and rules that say what they mean; an airline's a code of IATA's.
void load_event_meaning(const Table& event, const NamedRules& rules, AnswerMapping& into) {
  if (into.waybill) {
    if (into.code.parts.empty()) event.refuse("code", "'code' is missing");
    return;
  }
  into.event_status = load_status(event, "status", rules);
  if (into.description.parts.empty()) event.refuse("description", "'description' is missing");
  if (into.event_status.tables.empty() && into.event_status.rules.empty()) {
    event.refuse("status", "an event without a status table or rules");
  }
}

void load_event(const Table& event, const NamedRules& rules, AnswerMapping& into) {
  into.events = load_required_query(event, "path");
  event.required_string("order");
  into.order = load_word(event, "order", kOrders);
  into.event_time = load_times(event, "time");
  into.description = load_joined(event, "description", ". ");
  into.location = load_joined(event, "location", ", ");
  into.code = load_joined(event, "code", "/");
  if (into.event_time.empty()) event.refuse("time", "'time' is missing");
  load_event_meaning(event, rules, into);
}

}  // namespace

std::optional<wire::xml::Query> load_query(const Value& value) {
  const auto text = value.string();
  if (!text) return std::nullopt;
  auto query = wire::xml::Query::compile(*text);
  if (query) return std::move(*query);
  value.refuse("no XPath 1.0 expression: " + query.error());
  return std::nullopt;
}

std::optional<wire::xml::Query> load_required_query(const Table& table, std::string_view key) {
  table.required_string(key);
  const auto value = table.value(key);
  return value ? load_query(*value) : std::nullopt;
}

Field load_field(const Table& table, std::string_view key) {
  const auto value = table.value(key);
  return value ? field_of(*value) : Field{};
}

JoinedField load_joined(const Table& table, std::string_view key, std::string_view separator) {
  JoinedField joined{.parts = {}, .separator = std::string(separator)};
  const auto value = table.value(key);
  if (!value) return joined;
  const auto inner = value->kind() == Kind::Table ? value->table() : std::nullopt;
  if (!inner || !inner->has("parts")) {
    joined.parts.push_back(field_of(*value));
    return joined;
  }
  for (const Value& part : inner->array("parts")) joined.parts.push_back(field_of(part));
  if (const auto given = inner->string("separator")) joined.separator = *given;
  return joined;
}

std::vector<TimeRule> load_times(const Table& table, std::string_view key) {
  std::vector<TimeRule> rules;
  const auto value = table.value(key);
  if (!value) return rules;
  if (value->kind() == Kind::Array) {
    for (const Table& rule : table.tables(key)) rules.push_back(time_of(rule));
  } else if (const auto rule = value->table()) {
    rules.push_back(time_of(*rule));
  }
  return rules;
}

AnswerMapping load_answer(const Table& format, const NamedRules& rules) {
  AnswerMapping mapping;
  const auto answer = format.required_table("answer");
  if (!answer) return mapping;
  answer->required_string("kind");
  mapping.kind = load_word(*answer, "kind", kAnswerKinds);
  mapping.shape = load_required_query(*answer, "shape");
  mapping.errors = load_errors(*answer, "error");
  mapping.waybill = load_waybill(*answer);
  if (const auto item = answer->required_table("item")) load_item(*item, rules, mapping);
  if (const auto event = answer->required_table("event")) load_event(*event, rules, mapping);
  return mapping;
}

}  // namespace parcelwake::carriers
