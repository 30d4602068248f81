#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "carriers/declaration/answer.h"

namespace parcelwake::carriers {

// The field's text, its white space collapsed; empty when none of its paths gives one.
std::string read_field(const Field& field, wire::xml::Node at);

// The parts joined, each once when `distinct`.
std::string read_joined(const JoinedField& field, wire::xml::Node at, bool distinct = false);

struct WrittenTime {
  domain::EventTime time;
  std::string raw;
};

// The first rule that gives a date. Nothing, but perhaps the raw text, when none does.
WrittenTime read_time(const std::vector<TimeRule>& rules, wire::xml::Node at);

// "2024-03-01", "2024-03-01T10:00:00", "…Z", "…+02:00": an offset only when the carrier told it; empty without a date.
std::string to_iso_as_told(const domain::EventTime& time);

}  // namespace parcelwake::carriers
