#include "carriers/catalogue/number_format_toml.h"

#include <array>
#include <optional>
#include <utility>

#include "wire/toml/document.h"

namespace parcelwake::carriers {

namespace {

using wire::toml::Document;
using wire::toml::Table;
using wire::toml::Value;

constexpr std::int64_t kFarthest = 64;

template <class T, std::size_t N>
std::optional<T> named(const std::array<std::pair<std::string_view, T>, N>& names, std::string_view name) {
  for (const auto& [candidate, value] : names) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, domain::Confidence>, 5> kConfidences = {{
    {"low", domain::Confidence::Low},
    {"medium", domain::Confidence::Medium},
    {"high", domain::Confidence::High},
    {"verified", domain::Confidence::Verified},
    {"reserved", domain::Confidence::Reserved},
}};

constexpr std::array<std::pair<std::string_view, domain::CheckRule>, 6> kRules = {{
    {"luhn", domain::CheckRule::Luhn},
    {"mod7", domain::CheckRule::Mod7},
    {"mod10", domain::CheckRule::Mod10},
    {"s10", domain::CheckRule::S10},
    {"weighted", domain::CheckRule::Weighted},
    {"mod_37_36", domain::CheckRule::Mod37_36},
}};

domain::CarrierCode carrier_code(const Table& table, std::string_view key) {
  const std::string_view given = table.required_string(key);
  const auto code = domain::CarrierCode::parse(given);
  if (!code || code->text() != given) {
    table.refuse(key, "'" + std::string(given) + "' is not a carrier code");
    return {};
  }
  return *code;
}

void read_weights(const Table& table, domain::CheckDigit& check) {
  const std::vector<Value> weights = table.array("weights");
  if (weights.empty() || weights.size() > check.weights.size()) {
    table.refuse("weights", "'weights' must be 1 to " + std::to_string(check.weights.size()) + " numbers");
    return;
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::int64_t weight = weights[i].integer().value_or(1);
    if (weight < 0 || weight > 99) weights[i].refuse("a weight must be 0 to 99");
    check.weights[i] = static_cast<std::uint8_t>(weight);
  }
}

void read_moduli(const Table& table, domain::CheckDigit& check) {
  const std::vector<Value> moduli = table.array("moduli");
  if (moduli.size() != check.moduli.size()) {
    table.refuse("moduli", "'moduli' must be two numbers");
    return;
  }
  for (std::size_t i = 0; i < moduli.size(); ++i) {
    const std::int64_t modulus = moduli[i].integer().value_or(1);
    if (modulus < 1 || modulus > 99) moduli[i].refuse("a modulus must be 1 to 99");
    check.moduli[i] = static_cast<int>(modulus);
  }
  if (check.moduli[1] > 10 && check.moduli[0] > 10) moduli[1].refuse("the check digit would not be one digit");
}

domain::CheckDigit check_digit(const Table& table) {
  domain::CheckDigit check;
  const std::string_view rule = table.required_string("rule");
  const auto known = named(kRules, rule);
  if (!known) {
    table.refuse("rule", "'" + std::string(rule) + "' is no check digit rule");
    return check;
  }
  check.rule = *known;
  if (check.rule == domain::CheckRule::Mod10) {
    check.even = static_cast<int>(table.integer("even", 1, 9).value_or(1));
    check.odd = static_cast<int>(table.integer("odd", 1, 9).value_or(1));
    check.from_right = table.boolean("from_right").value_or(false);
  } else if (check.rule == domain::CheckRule::Weighted) {
    read_weights(table, check);
    read_moduli(table, check);
  }
  return check;
}

domain::NumberShape number_shape(const Table& table, bool is_checked) {
  domain::NumberShape shape;
  shape.pattern = table.required_string("pattern");
  shape.share = table.number("share").value_or(1);
  if (shape.share <= 0 || shape.share > 1) table.refuse("share", "'share' must be above 0 and at most 1");
  if (!is_checked) return shape;
  const std::vector<Value> borders = table.array("serial");
  if (borders.size() != 2) {
    table.refuse("serial", "'serial' must be where the serial begins and ends");
    return shape;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int64_t border = borders[i].integer().value_or(0);
    if (border < -kFarthest || border > kFarthest) borders[i].refuse("no number is so long");
    (i == 0 ? shape.serial_begin : shape.serial_end) = static_cast<int>(border);
  }
  return shape;
}

domain::NumberFormat number_format(const Table& table) {
  domain::NumberFormat format;
  format.id = table.required_string("id");
  format.name = table.required_string("name");
  const bool is_postal = table.boolean("operators").value_or(false);
  if (is_postal == table.has("carrier")) table.refuse("carrier", "either 'carrier' or 'operators = true' is needed");
  if (table.has("carrier")) format.carrier = carrier_code(table, "carrier");
  format.country = table.string("country").value_or("");
  const std::string_view confidence = table.required_string("confidence");
  const auto known = named(kConfidences, confidence);
  if (!known) table.refuse("confidence", "'" + std::string(confidence) + "' is no confidence");
  format.confidence = known.value_or(domain::Confidence::Low);
  format.is_cargo = table.boolean("cargo").value_or(false);
  if (const auto check = table.table("check")) format.check = check_digit(*check);
  const bool is_checked = format.check.rule != domain::CheckRule::None;
  for (const Table& shape : table.tables("shapes")) format.shapes.push_back(number_shape(shape, is_checked));
  if (format.shapes.empty()) table.refuse("shapes", "'" + format.id + "' has no shapes");
  format.prepend = table.string("prepend").value_or("");
  format.exclude = table.string("exclude").value_or("");
  return format;
}

void read_samples(const Table& table, const std::string& format, std::vector<SampleNumber>& samples) {
  for (const std::string_view number : table.strings("valid")) samples.push_back({format, std::string(number), true});
  for (const std::string_view number : table.strings("invalid"))
    samples.push_back({format, std::string(number), false});
}

// All that is wrong with the document, a line each; empty when nothing is.
std::string told(Document& document) {
  document.refuse_unread_keys();
  std::string lines;
  for (const wire::toml::Problem& problem : document.problems()) lines += to_string(problem) + "\n";
  return lines;
}

}  // namespace

Result<NumberFormatFile, std::string> parse_number_formats(std::string_view text, std::string file) {
  auto document = Document::parse(text, std::move(file));
  if (!document) return fail(to_string(document.error()));
  NumberFormatFile read;
  for (const Table& table : document->root().tables("format")) {
    read.formats.push_back(number_format(table));
    read_samples(table, read.formats.back().id, read.samples);
  }
  if (std::string problems = told(*document); !problems.empty()) return fail(std::move(problems));
  return read;
}

Result<domain::PostalOperators, std::string> parse_postal_operators(std::string_view text, std::string file) {
  auto document = Document::parse(text, std::move(file));
  if (!document) return fail(to_string(document.error()));
  const Table root = document->root();
  const std::string_view services = root.required_string("service_letters");
  std::vector<domain::PostalOperators::Country> countries;
  if (const auto operators = root.required_table("operators")) {
    for (const auto& [iso2, value] : operators->entries()) {
      const auto row = value.table();
      if (!row) continue;
      if (iso2.size() != 2) value.refuse("'" + std::string(iso2) + "' is not a country code");
      domain::PostalOperators::Country country{iso2, carrier_code(*row, "post"), {}};
      for (const auto& [letter, code] : row->entries()) {
        if (letter == "post") continue;
        if (letter.size() != 1) code.refuse("'" + std::string(letter) + "' is not a letter");
        country.letters.emplace_back(letter.empty() ? ' ' : letter[0], carrier_code(*row, letter));
      }
      countries.push_back(std::move(country));
    }
  }
  if (std::string problems = told(*document); !problems.empty()) return fail(std::move(problems));
  return domain::PostalOperators(countries, services);
}

}  // namespace parcelwake::carriers
