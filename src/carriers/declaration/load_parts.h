#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "carriers/declaration/declaration.h"
#include "wire/toml/document.h"

namespace parcelwake::carriers {

// The loader's parts, for the sources of this folder only. Each reads what it is named for and notes problems in the
// document; what it gives back then is incomplete.

// Status rows and word rules by the names that formats use them by.
struct NamedRules {
  std::map<std::string, std::unordered_map<std::string, Verdict>, std::less<>> codes;
  std::map<std::string, std::vector<WordRule>, std::less<>> texts;
};

NamedRules load_named_rules(const wire::toml::Table& root);

// "transit001 ItemReceived", "notice", "text", "text else transit001".
std::optional<Verdict> parse_verdict(std::string_view text, std::string& problem);

std::optional<wire::xml::Query> load_query(const wire::toml::Value& value);
std::optional<wire::xml::Query> load_required_query(const wire::toml::Table& table, std::string_view key);
Pattern load_pattern(const wire::toml::Value& value);
Field load_field(const wire::toml::Table& table, std::string_view key);
JoinedField load_joined(const wire::toml::Table& table, std::string_view key, std::string_view separator);
std::vector<TimeRule> load_times(const wire::toml::Table& table, std::string_view key);
StatusRules load_status(const wire::toml::Table& table, std::string_view key, const NamedRules& rules);

// What [waybill], [flight] and [event] of an answer say of air waybills; nothing without a [waybill].
std::optional<WaybillMapping> load_waybill(const wire::toml::Table& answer);

AnswerMapping load_answer(const wire::toml::Table& format, const NamedRules& rules);

// The request with all that belongs to asking: auth, credentials, batch, budget, time-out.
void load_asking(const wire::toml::Table& format, WireFormat& into);

}  // namespace parcelwake::carriers
