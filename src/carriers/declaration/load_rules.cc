#include <re2/re2.h>

#include "base/ascii.h"
#include "carriers/declaration/load_parts.h"

namespace parcelwake::carriers {
namespace {

using wire::toml::Table;
using wire::toml::Value;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = ascii::trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::optional<domain::Reading> parse_reading(std::string_view word) {
  if (const auto substatus = domain::parse_substatus(word)) {
    return domain::Reading{domain::status_of(*substatus), substatus};
  }
  if (const auto status = domain::parse_status(word)) return domain::Reading{*status, std::nullopt};
  return std::nullopt;
}

Verdict load_verdict(const Value& value) {
  const auto text = value.string();
  if (!text) return {};
  std::string problem;
  const auto verdict = parse_verdict(*text, problem);
  if (!verdict) value.refuse(problem);
  return verdict.value_or(Verdict{});
}

std::unordered_map<std::string, Verdict> load_codes(const Table& table) {
  std::unordered_map<std::string, Verdict> rows;
  for (const auto& [code, value] : table.entries()) {
    if (!rows.emplace(ascii::to_upper(code), load_verdict(value)).second) {
      value.refuse("code '" + std::string(code) + "' is listed twice");
    }
  }
  return rows;
}

std::vector<WordRule> load_texts(const Value& list) {
  std::vector<WordRule> rules;
  for (const Value& item : list.items()) {
    const auto pair = item.items();
    if (pair.size() != 2) {
      item.refuse("a text rule is a pattern and what it means");
      continue;
    }
    if (Pattern pattern = load_pattern(pair[0])) rules.push_back({std::move(pattern), load_verdict(pair[1])});
  }
  return rules;
}

CodeTable load_table(const Table& table, const NamedRules& rules) {
  CodeTable loaded;
  loaded.code = load_joined(table, "code", "/");
  const auto name = table.required_string("rows");
  const auto found = rules.codes.find(name);
  if (found != rules.codes.end()) {
    loaded.rows = found->second;
  } else if (!name.empty()) {
    table.refuse("rows", "there are no [codes." + std::string(name) + "]");
  }
  return loaded;
}

}  // namespace

std::optional<Verdict> parse_verdict(std::string_view text, std::string& problem) {
  Verdict verdict;
  for (const std::string_view word : words_of(text)) {
    if (word == "notice") {
      verdict.notice = true;
    } else if (word == "text") {
      verdict.text_first = true;
    } else if (word == "else" && verdict.text_first && !verdict.reading) {
      continue;
    } else if (const auto reading = parse_reading(word); reading && !verdict.reading) {
      verdict.reading = reading;
    } else if (const auto milestone = domain::parse_milestone(word); milestone && !verdict.milestone) {
      verdict.milestone = milestone;
    } else {
      problem = "'" + std::string(word) + "' is no status, substatus or milestone, or one too many";
      return std::nullopt;
    }
  }
  if (!verdict.reading && !verdict.milestone && !verdict.notice && !verdict.text_first) {
    problem = "it must say what the code means";
    return std::nullopt;
  }
  return verdict;
}

Pattern load_pattern(const Value& value) {
  const auto text = value.string();
  if (!text) return nullptr;
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  auto pattern = std::make_shared<const RE2>(re2::StringPiece(text->data(), text->size()), options);
  if (pattern->ok()) return pattern;
  value.refuse("no regular expression: " + pattern->error());
  return nullptr;
}

NamedRules load_named_rules(const Table& root) {
  NamedRules rules;
  if (const auto codes = root.table("codes")) {
    for (const auto& [name, value] : codes->entries()) {
      if (const auto table = value.table()) rules.codes.emplace(name, load_codes(*table));
    }
  }
  if (const auto texts = root.table("texts")) {
    for (const auto& [name, value] : texts->entries()) rules.texts.emplace(name, load_texts(value));
  }
  return rules;
}

StatusRules load_status(const Table& parent, std::string_view key, const NamedRules& rules) {
  StatusRules loaded;
  const auto table = parent.table(key);
  if (!table) return loaded;
  for (const Table& row : table->tables("tables")) loaded.tables.push_back(load_table(row, rules));
  loaded.words = load_joined(*table, "text", " ");
  for (const std::string_view name : table->strings("rules")) {
    const auto found = rules.texts.find(name);
    if (found == rules.texts.end()) {
      table->refuse("rules", "there are no texts." + std::string(name));
    } else {
      loaded.rules.insert(loaded.rules.end(), found->second.begin(), found->second.end());
    }
  }
  if (loaded.tables.empty() && loaded.rules.empty()) table->refuse("tables", "neither tables nor rules of texts");
  return loaded;
}

}  // namespace parcelwake::carriers
