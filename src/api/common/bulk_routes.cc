#include "api/common/bulk_routes.h"

#include <utility>
#include <variant>

#include "api/common/batch_rows.h"
#include "api/common/entity_tag.h"
#include "api/common/reply_for_error.h"

namespace parcelwake::api {
namespace {

using wire::http::Reply;
using wire::json::Writer;

Result<wire::json::Rows, Meta> rows_in_body(const Call& call) {
  auto body = read_array_body(call.request.body);
  if (body && body->rows().size() > call.dialect.most_rows) return fail(Meta::TooManyRows);
  return body;
}

// Only the first member of a row is known from the vendor's page, and that it is a meta; the rest is ours.
void write_deleted(Writer& writer, const BatchRow& row, Meta meta) {
  writer.begin_object();
  write_meta(writer, meta);
  writer.key("data").begin_object();
  writer.field("tracking_number", row.number).field("carrier_code", row.carrier).end_object().end_object();
}

// The vendor's page does not show a row of notupdate.
void write_stopped(Writer& writer, const domain::Tracking& tracking) {
  writer.begin_object().field("id", tracking.id.hex()).field("tracking_number", tracking.number.text());
  writer.field("carrier_code", tracking.carrier.text()).field("track_update", tracking.asked()).end_object();
}

}  // namespace

void update_many(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = rows_in_body(call);
  if (!body) return answerer.send_empty(body.error());
  std::vector<app::UpdateCommand> commands;
  auto rows = read_batch(body->rows(), commands, [&](const auto& row) -> Result<app::UpdateCommand, Meta> {
    auto key = read_key(row, fields_of(call));
    if (!key) return fail(key.error());
    return read_update(row, *std::move(key), fields_of(call));
  });
  if (const auto refused = refusal_without_balance(call)) return answerer.send_empty(*refused);
  app::UpdateBatch batch{commands};
  call.services.writes.submit(
      std::move(batch), [answerer, rows = std::move(rows), commands = std::move(commands)](auto outcome) {
        if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
        const auto& outcomes = std::get<app::UpdateOutcomes>(*outcome);
        answerer.send_data(Meta::Ok, [&](Writer& writer) {
          write_batch(writer, "update", rows, outcomes, answerer.dialect(),
                      [&](std::size_t i) { write_updated(writer, commands[i], *outcomes[i], answerer.view()); });
        });
      });
}

void delete_many(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = rows_in_body(call);
  if (!body) return answerer.send_empty(body.error());
  app::DeleteBatch batch;
  auto rows = read_batch(body->rows(), batch.commands, [&](const auto& row) -> Result<app::DeleteCommand, Meta> {
    auto key = read_key(row, fields_of(call));
    if (!key) return fail(key.error());
    return app::DeleteCommand{.key = *std::move(key)};
  });
  call.services.writes.submit(std::move(batch), [answerer, rows = std::move(rows)](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& outcomes = std::get<app::UpdateOutcomes>(*outcome);
    answerer.send_data(Meta::Ok, [&](Writer& writer) {
      writer.begin_object().field("submitted", static_cast<std::int64_t>(rows.size()));
      writer.field("delete", count_done(outcomes)).key("trackings").begin_array();
      for (const BatchRow& row : rows) write_deleted(writer, row, meta_of(row, outcomes));
      writer.end_array().key("errors").begin_array().end_array().end_object();  // each row tells its own
    });
  });
}

void stop_updates(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = rows_in_body(call);
  if (!body) return answerer.send_empty(body.error());
  app::StopAskingBatch batch;
  auto rows = read_batch(body->rows(), batch.keys, [&](const auto& row) { return read_key(row, fields_of(call)); });
  call.services.writes.submit(std::move(batch), [answerer, rows = std::move(rows)](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& outcomes = std::get<app::UpdateOutcomes>(*outcome);
    answerer.send_data(Meta::Ok, [&](Writer& writer) {
      write_batch(writer, "update", rows, outcomes, answerer.dialect(),
                  [&](std::size_t i) { write_stopped(writer, *outcomes[i]); });
    });
  });
}

void change_carrier(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_empty(body.error());
  auto command = read_change_carrier(body->rows().front(), fields_of(call));
  if (!command) return answerer.send_empty(command.error());
  command->expected = expected_states(call.request);
  app::ChangeCarrierBatch batch;
  batch.commands.push_back(*std::move(command));
  call.services.writes.submit(std::move(batch), [answerer](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& changed = std::get<app::ChangeCarrierOutcomes>(*outcome).front();
    if (!changed) return answerer.send_empty(meta_for(changed.error()));
    answerer.send_data(Meta::Ok, [](Writer& writer) { writer.begin_object().field("Usertag", "").end_object(); });
  });
}

}  // namespace parcelwake::api
