#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "carriers/declaration/time_pattern.h"
#include "wire/xml/query.h"

namespace re2 {
class RE2;
}

namespace parcelwake::carriers {

using Pattern = std::shared_ptr<const re2::RE2>;  // compiled, shared by copies; safe from several threads

// The named operations on a text. White space is always collapsed and trimmed.
enum class Operation {
  StripMarkup,  // tags are dropped, character references decoded
  Title,        // "SAINTE-FOY" -> "Sainte-Foy"
  Upper,
  Words,  // "DELIVERED_AT_SHIPPER" -> "Delivered at shipper"; text that is no such key stays
};

// A text of the answer: the first of `paths` (relative to its item or event) that gives one which is not refused.
struct Field {
  std::vector<wire::xml::Query> paths;
  std::vector<Operation> operations;
  Pattern except;  // texts that are none; null: all are
};

// Several texts as one; empty parts are left out.
struct JoinedField {
  std::vector<Field> parts;
  std::string separator;
};

// When something happened. Of several rules the first that gives a date counts.
struct TimeRule {
  Field date;                                // may hold the time as well
  Field time;                                // empty paths: none
  std::vector<TimePattern> patterns;         // of the date, or of date and time joined by one space
  Field offset;                              // "+02:00", "-0400", "Z"; told by the answer
  Field zone_name;                           // the carrier's word for a zone, looked up in `zones`
  std::map<std::string, std::string> zones;  // to IANA zones
  std::string zone;                          // the IANA zone that the carrier documents; empty: none
};

}  // namespace parcelwake::carriers
