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
struct BatchRow {
  std::string number;
  std::string carrier;
  std::variant<std::size_t, Meta> place;
};

// The row as it came, to be repeated in the answer; Meta::NotUnderstood until it has a command.
BatchRow batch_row(const wire::json::Row& row);

// Makes a command of each row that `read` (Row -> Result<Command, Meta>) understands.
template <class Command, class Read>
std::vector<BatchRow> read_batch(const std::vector<wire::json::Row>& rows, std::vector<Command>& commands, Read read) {
  std::vector<BatchRow> taken;
  taken.reserve(rows.size());
  for (const wire::json::Row& row : rows) {
    taken.push_back(batch_row(row));
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

// What to tell about one row, once `outcomes` of the commands are known; Ok for one that succeeded.
template <class Outcomes>
Meta meta_of(const BatchRow& row, const Outcomes& outcomes) {
  if (const auto* refused = std::get_if<Meta>(&row.place)) return *refused;
  const auto& outcome = outcomes[std::get<std::size_t>(row.place)];
  return outcome.ok() ? Meta::Ok : meta_for(outcome.error());
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
