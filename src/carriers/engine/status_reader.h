#pragma once

#include <string>
#include <string_view>

#include "carriers/declaration/answer.h"
#include "domain/tracking/checkpoint.h"

namespace parcelwake::carriers {

// What the rules make of the codes and words at `at`. `description` stands in for the words where the rules name none.
struct StatusFound {
  Verdict verdict;
  bool explained = false;  // some table or rule knew it
  std::string key;         // the code the tables were asked for first; empty when there was none
};
StatusFound find_status(const StatusRules& rules, wire::xml::Node at, std::string_view description);

}  // namespace parcelwake::carriers
