#include "carriers/engine/status_reader.h"

#include <re2/re2.h>

#include "base/ascii.h"
#include "carriers/engine/common_words.h"
#include "carriers/engine/field.h"

namespace parcelwake::carriers {
namespace {

const Verdict* find_by_code(const StatusRules& rules, wire::xml::Node at, std::string& first_code) {
  for (const CodeTable& table : rules.tables) {
    const std::string code = read_joined(table.code, at);
    if (code.empty()) continue;
    if (first_code.empty()) first_code = code;
    const auto row = table.rows.find(ascii::to_upper(code));
    if (row != table.rows.end()) return &row->second;
  }
  return nullptr;
}

const Verdict* find_by_words(const StatusRules& rules, const std::string& words) {
  if (words.empty()) return nullptr;
  for (const WordRule& rule : rules.rules) {
    if (RE2::PartialMatch(words, *rule.pattern)) return &rule.verdict;
  }
  return nullptr;
}

bool says_delivered(const Verdict& verdict) {
  return verdict.reading && verdict.reading->status == domain::Status::Delivered;
}

}  // namespace

StatusFound find_status(const StatusRules& rules, wire::xml::Node at, std::string_view description) {
  StatusFound found;
  const Verdict* by_code = find_by_code(rules, at, found.key);
  const std::string words = rules.words.parts.empty() ? std::string(description) : read_joined(rules.words, at);
  const Verdict* by_words = !by_code || by_code->text_first ? find_by_words(rules, words) : nullptr;
  const Verdict* verdict = by_words ? by_words : by_code;
  if (verdict && (verdict->reading || verdict->notice || verdict->milestone)) {
    found.verdict = *verdict;
    found.explained = true;
  }
  if (says_delivered(found.verdict)) {
    if (const auto elsewhere = delivered_elsewhere(words)) {
      found.verdict.reading = elsewhere;
      found.verdict.milestone.reset();
    }
  }
  if (!found.explained && is_notice(words)) {
    found.verdict.notice = true;
    found.explained = true;
  }
  return found;
}

}  // namespace parcelwake::carriers
