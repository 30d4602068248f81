#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/common/dialect.h"
#include "api/common/meta.h"
#include "api/common/reply_for_error.h"
#include "base/result.h"
#include "wire/json/rows_reader.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// What became of one row of a batch before the store saw it: the place of its command, or why it has none.
// `Code` is the dialect's.
template <class Code>
struct RowOf {
  std::string number;
  std::string carrier;
  std::variant<std::size_t, Code> place;
};
using BatchRow = RowOf<Meta>;

// A member as it came, to be repeated in the answer; empty when it is no text.
std::string text_or_empty(const wire::json::Row& row, std::string_view key);

// Makes a command of each row that `read` (Row -> Result<Command, Code>) understands. `carrier_key` is what the dialect
// calls a carrier; what is no object is answered `not_understood`.
template <class Code, class Command, class Read>
std::vector<RowOf<Code>> read_rows_as(const std::vector<wire::json::Row>& rows, std::string_view carrier_key,
                                      Code not_understood, std::vector<Command>& commands, Read read) {
  std::vector<RowOf<Code>> taken;
  taken.reserve(rows.size());
  for (const wire::json::Row& row : rows) {
    taken.push_back({.number = text_or_empty(row, "tracking_number"),
                     .carrier = text_or_empty(row, carrier_key),
                     .place = not_understood});
    if (!row.is_object) continue;
    auto command = read(row);
    if (command) {
      taken.back().place = commands.size();
      commands.push_back(*std::move(command));
    } else {
      taken.back().place = command.error();
    }
  }
  return taken;
}

// The same in the words of the v1 and v2 dialects.
template <class Command, class Read>
std::vector<BatchRow> read_batch(const std::vector<wire::json::Row>& rows, std::vector<Command>& commands, Read read) {
  return read_rows_as(rows, "carrier_code", Meta::NotUnderstood, commands, std::move(read));
}

// What to tell about one row, once `outcomes` of the commands are known: Code::Ok for one that succeeded, otherwise why
// it was refused, by `code_for` what the error of an outcome is to the dialect.
template <class Code, class Outcomes, class CodeFor>
Code code_of(const RowOf<Code>& row, const Outcomes& outcomes, CodeFor code_for) {
  if (const auto* refused = std::get_if<Code>(&row.place)) return *refused;
  const auto& outcome = outcomes[std::get<std::size_t>(row.place)];
  return outcome.ok() ? Code::Ok : code_for(outcome.error());
}

template <class Outcomes>
Meta meta_of(const BatchRow& row, const Outcomes& outcomes) {
  return code_of(row, outcomes, [](auto error) { return meta_for(error); });
}

template <class Outcomes>
std::int64_t count_done(const Outcomes& outcomes) {
  std::int64_t done = 0;
  for (const auto& outcome : outcomes) done += outcome.ok() ? 1 : 0;
  return done;
}

void write_error_row(wire::json::Writer& writer, const BatchRow& row, Meta meta, const Dialect& dialect);

// {"submitted":…,`done_key`:…,"trackings":[…],"errors":[…]}: `write_done` writes each outcome that succeeded.
template <class Outcomes, class Write>
void write_batch(wire::json::Writer& writer, std::string_view done_key, const std::vector<BatchRow>& rows,
                 const Outcomes& outcomes, const Dialect& dialect, Write write_done) {
  writer.begin_object().field("submitted", static_cast<std::int64_t>(rows.size()));
  writer.field(done_key, count_done(outcomes)).key("trackings").begin_array();
  for (const BatchRow& row : rows) {
    if (meta_of(row, outcomes) == Meta::Ok) write_done(std::get<std::size_t>(row.place));
  }
  writer.end_array().key("errors").begin_array();
  for (const BatchRow& row : rows) {
    if (const Meta meta = meta_of(row, outcomes); meta != Meta::Ok) write_error_row(writer, row, meta, dialect);
  }
  writer.end_array().end_object();
}

}  // namespace parcelwake::api
