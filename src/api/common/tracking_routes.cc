#include "api/common/tracking_routes.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "api/common/answer_rows.h"
#include "api/common/batch_rows.h"
#include "api/common/entity_tag.h"
#include "api/common/reply_for_error.h"
#include "api/common/request_json.h"
#include "app/trackings/track_now.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using wire::http::Reply;
using wire::json::Writer;

// The tracking that …/{carrier}/{number} names.
Result<ports::TrackingKey, Meta> key_in_path(const Call& call) {
  return read_key(call.target.segments[2], call.target.segments[3], fields_of(call));
}

Result<app::RegisterCommand, Meta> registration_of(const wire::json::Row& row, const Call& call) {
  auto request = read_registration(row, fields_of(call));
  if (!request) return fail(request.error());
  auto command = app::accept(*std::move(request), call.dialect.carrier, call.services.catalogue);
  if (!command) return fail(meta_for(command.error()));
  return *std::move(command);
}

Result<app::RegisterCommand, Meta> registration_in_body(const Call& call) {
  const auto body = read_object_body(call.request.body);
  if (!body) return fail(body.error());
  return registration_of(body->rows().front(), call);
}

// Writes a list's answer while its rows are read.
class ListAnswer final : public ports::ListSink {
 public:
  ListAnswer(const ListRequest& request, const View& view, WrittenRows& kept)
      : request_(request),
        view_(view),
        rows_(writer_, kept, {.account = request.filter.account, .dialect = &view.dialect, .time_zone = view.time_zone},
              view.now) {}

  void begin(std::int64_t total, std::int64_t rows) override {
    constexpr std::size_t kUsualRow = 2400;
    count_ = rows;
    response_.body.reserve(512 + static_cast<std::size_t>(rows) * kUsualRow);
    begin_envelope(writer_, Meta::Ok);
    writer_.begin_object().field("page", request_.page).field("limit", request_.limit);
    writer_.field("total", std::to_string(total)).field("count", rows).key("items").begin_array();
  }
  bool knows(const ports::RowState& state) override { return rows_.copy(state); }
  void take(domain::Tracking&& tracking) override {
    rows_.write(tracking, [&](Writer& writer) { write_tracking(writer, tracking, view_); });
  }

  bool empty() const { return count_ == 0; }
  wire::http::Response finish() {
    writer_.end_array().end_object().end_object();
    return std::move(response_);
  }

 private:
  const ListRequest& request_;
  const View view_;
  wire::http::Response response_;
  Writer writer_{response_.body};
  AnswerRows rows_;
  std::int64_t count_ = 0;
};

// Writes the answer that shows one tracking while that is read.
class SingleAnswer final : public ports::ListSink {
 public:
  SingleAnswer(SingleShape shape, domain::AccountId account, const View& view, WrittenRows& kept, std::string&& buffer)
      : shape_(shape),
        view_(view),
        body_(std::move(buffer)),
        rows_(writer_, kept, {.account = account, .dialect = &view.dialect, .time_zone = view.time_zone}, view.now) {}

  void begin(std::int64_t, std::int64_t rows) override {
    empty_ = rows == 0;
    if (empty_) return;
    begin_envelope(writer_, Meta::Ok);
    if (shape_ == SingleShape::Array) writer_.begin_array();
  }
  bool knows(const ports::RowState& state) override {
    updated_at_ = state.updated_at;
    return rows_.copy(state);
  }
  void take(domain::Tracking&& tracking) override {
    updated_at_ = tracking.updated_at;
    rows_.write(tracking, [&](Writer& writer) { write_tracking(writer, tracking, view_); });
  }

  bool empty() const { return empty_; }
  wire::http::Response finish() {
    if (shape_ == SingleShape::Array) writer_.end_array();
    writer_.end_object();
    wire::http::Response response;
    response.headers.emplace_back("ETag", entity_tag(updated_at_));
    response.body = std::move(body_);
    return response;
  }

 private:
  const SingleShape shape_;
  const View view_;
  std::string body_;
  Writer writer_{body_};
  AnswerRows rows_;
  Timestamp updated_at_{};
  bool empty_ = true;
};

}  // namespace

void create_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  auto command = registration_in_body(call);
  if (!command) return answerer.send_empty(command.error());
  app::RegisterBatch batch;
  batch.commands.push_back(*std::move(command));
  const Meta created_again = call.dialect.created_again;
  call.services.writes.submit(std::move(batch), [answerer, created_again](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& registered = std::get<app::RegisterOutcomes>(*outcome).front();
    if (!registered) return answerer.send_empty(meta_for(registered.error()));
    const Meta created = registered->tracking.readded_at ? created_again : Meta::Ok;
    answerer.send_data(created, [&](Writer& writer) { write_created(writer, *registered, answerer.view()); });
  });
}

void create_trackings(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_array_body(call.request.body);
  if (!body) return answerer.send_empty(body.error());
  if (body->rows().size() > call.dialect.most_rows) return answerer.send_empty(Meta::TooManyRows);
  app::RegisterBatch batch;
  auto rows = read_batch(body->rows(), batch.commands, [&](const auto& row) { return registration_of(row, call); });
  const Meta created = call.dialect.batch_created;
  call.services.writes.submit(std::move(batch), [answerer, created, rows = std::move(rows)](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& outcomes = std::get<app::RegisterOutcomes>(*outcome);
    answerer.send_data(created, [&](Writer& writer) {
      write_batch(writer, "added", rows, outcomes, answerer.dialect(),
                  [&](std::size_t i) { write_created(writer, *outcomes[i], answerer.view()); });
    });
  });
}

void list_trackings(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  // Clients send all sorts of bodies with GET; one that says nothing is passed over.
  if (!body && ascii::equals_ignoring_case(call.request.method, "POST")) return answerer.send_empty(body.error());
  auto request = read_list(call.target, body ? &body->rows().front() : nullptr, fields_of(call));
  if (!request) return answerer.send_empty(request.error());
  if (const auto refused = refusal_without_balance(call)) return answerer.send_empty(*refused);
  if (call.dialect.ageing == Ageing::Exception) {
    // Aged parcels are found as exceptions there, and nothing is found as expired.
    if (request->filter.status == domain::Status::Expired) return answerer.send_empty(Meta::Empty);
    if (request->filter.status == domain::Status::Exception) request->filter.other_status = domain::Status::Expired;
  }
  constexpr std::int64_t kLastPage = 1'000'000'000;
  const std::int64_t offset = (std::min(request->page, kLastPage) - 1) * request->limit;
  ListAnswer answer(*request, answerer.view(), call.services.readers.written_rows_of_this_thread());
  const auto read = call.services.readers.of_this_thread().read_list(request->filter, offset, request->limit, answer);
  if (!read) return answerer.send_empty(meta_for(read.error()));
  if (answer.empty()) return answerer.send_empty(Meta::Empty);
  answerer.send(answer.finish());
}

void track_in_realtime(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  auto command = registration_in_body(call);
  if (!command) return answerer.send_empty(command.error());
  const app::TrackNowServices services{
      .writes = call.services.writes, .gateway = call.services.gateway, .asks = call.services.tracking_asks};
  app::track_now(*std::move(command), services, [answerer](auto tracking) {
    if (!tracking) return answerer.send_empty(meta_for(tracking.error()));
    answerer.send_data(Meta::Ok, [&](Writer& writer) {
      writer.begin_object().key("items").begin_array();
      write_tracking(writer, *tracking, answerer.view());
      writer.end_array().end_object();
    });
  });
}

void get_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto key = key_in_path(call);
  if (!key) return answerer.send_empty(key.error());
  if (const auto refused = refusal_without_balance(call)) return answerer.send_empty(*refused);
  Readers& readers = call.services.readers;
  SingleAnswer answer(call.dialect.single, call.caller.account, answerer.view(), readers.written_rows_of_this_thread(),
                      answerer.buffer());
  const auto read = readers.of_this_thread().read_one(*key, answer);
  if (!read) return answerer.send_empty(meta_for(read.error()));
  if (answer.empty()) return answerer.send_empty(Meta::Empty);
  answerer.send(answer.finish());
}

void update_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_empty(body.error());
  auto key = key_in_path(call);
  if (!key) return answerer.send_empty(key.error());
  auto command = read_update(body->rows().front(), *std::move(key), fields_of(call));
  if (!command) return answerer.send_empty(command.error());
  if (const auto refused = refusal_without_balance(call)) return answerer.send_empty(*refused);
  command->expected = expected_states(call.request);
  app::UpdateBatch batch;
  batch.commands.push_back(*command);
  call.services.writes.submit(std::move(batch), [answerer, command = *command](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& updated = std::get<app::UpdateOutcomes>(*outcome).front();
    if (!updated) return answerer.send_empty(meta_for(updated.error()));
    answerer.send_data(Meta::Ok, [&](Writer& writer) { write_updated(writer, command, *updated, answerer.view()); });
  });
}

void delete_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  auto key = key_in_path(call);
  if (!key) return answerer.send_empty(key.error());
  app::DeleteBatch batch;
  batch.commands.push_back({.key = *std::move(key), .expected = expected_states(call.request)});
  call.services.writes.submit(std::move(batch), [answerer](auto outcome) {
    if (!outcome) return answerer.send_empty(meta_for(outcome.error()));
    const auto& deleted = std::get<app::UpdateOutcomes>(*outcome).front();
    answerer.send_empty(deleted ? Meta::Ok : meta_for(deleted.error()));
  });
}

}  // namespace parcelwake::api
