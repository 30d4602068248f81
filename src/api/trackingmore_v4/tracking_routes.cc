#include "api/trackingmore_v4/tracking_routes.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "api/common/answer_rows.h"
#include "api/common/batch_rows.h"
#include "api/trackingmore_v4/reply_for_error.h"
#include "api/trackingmore_v4/request_json.h"
#include "app/trackings/track_now.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using wire::http::Reply;
using wire::json::Writer;

constexpr std::size_t kMostRows = 40;  // in one batch

// The caller's tracking that …/{id} names. What is another account's does not exist.
Result<domain::Tracking, Code> tracking_in_path(const Call& call) {
  const std::string_view text = call.target.segments.size() > 3 ? std::string_view(call.target.segments[3]) : "";
  const auto id = domain::TrackingId::parse(text);
  if (!id) return fail(Code::IdInvalid);
  auto found = call.services.readers.of_this_thread().load(std::span(&*id, 1));
  if (!found) return fail(code_for(found.error()));
  auto& stored = found->front();
  const bool is_there = stored && !stored->deleted && stored->tracking.account == call.caller.account;
  if (!is_there) return fail(Code::DoesNotExist);
  return std::move(stored->tracking);
}

Result<app::RegisterCommand, Code> registration_of(const wire::json::Row& row, const Call& call) {
  auto request = trackingmore_v4::read_registration(row, call.fields());
  if (!request) return fail(request.error());
  auto command = app::accept(*std::move(request), app::CarrierChoice::DetectedWhenMissing, call.services.catalogue);
  if (!command) return fail(code_for(command.error()));
  return *std::move(command);
}

using BatchRow = RowOf<Code>;

void write_batch(Writer& writer, const std::vector<BatchRow>& rows, const app::RegisterOutcomes& outcomes) {
  writer.begin_object().key("success").begin_array();
  for (const auto& outcome : outcomes) {
    if (!outcome) continue;
    const domain::Tracking& added = outcome->tracking;
    begin_batch_item(writer, added.id.hex(), added.number.text(), added.carrier.text());
    writer.end_object();
  }
  writer.end_array().key("error").begin_array();
  for (const BatchRow& row : rows) {
    const Code code = code_of(row, outcomes, [](auto error) { return code_for(error); });
    if (code == Code::Ok) continue;
    begin_batch_item(writer, "", row.number, row.carrier);
    // The only names in camel case there are.
    writer.field("errorCode", static_cast<int>(code)).field("errorMessage", message_of(code)).end_object();
  }
  writer.end_array().end_object();
}

// Of an update and of a change of courier alike: one outcome.
void answer_updated(const Answerer& answerer, const domain::CarrierCode& former, const app::WriteOutcome& outcome) {
  const auto answer_one = [&](const auto& updated) {
    if (!updated) return answerer.send_error(code_for(updated.error()));
    answerer.send_data([&](Writer& writer) { write_updated(writer, *updated, former, answerer.view()); });
  };
  if (const auto* changed = std::get_if<app::ChangeCarrierOutcomes>(&outcome)) return answer_one(changed->front());
  answer_one(std::get<app::UpdateOutcomes>(outcome).front());
}

// Writes a list's answer while its rows are read.
class ListAnswer final : public ports::ListSink {
 public:
  ListAnswer(domain::AccountId account, const View& view, WrittenRows& kept)
      : view_(view),
        rows_(writer_, kept, {.account = account, .dialect = kV4, .time_zone = view.time_zone}, view.now) {}

  void begin(std::int64_t, std::int64_t rows) override {
    constexpr std::size_t kUsualRow = 3200;
    response_.body.reserve(512 + static_cast<std::size_t>(rows) * kUsualRow);
    begin_envelope(writer_, Code::Ok);
    writer_.begin_array();
  }
  bool knows(const ports::RowState& state) override { return rows_.copy(state); }
  void take(domain::Tracking&& tracking) override {
    rows_.write(tracking, [&](Writer& writer) { write_tracking(writer, tracking, view_); });
  }

  wire::http::Response finish() {
    writer_.end_array().end_object();
    return std::move(response_);
  }

 private:
  // Rows of this dialect among those that are kept.
  static constexpr const char* kV4 = "v4";

  const View view_;
  wire::http::Response response_;
  Writer writer_{response_.body};
  AnswerRows rows_;
};

}  // namespace

void create_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_error(Code::BadRequest);
  auto command = registration_of(body->rows().front(), call);
  if (!command) return answerer.send_error(command.error());
  const app::TrackNowServices services{
      .writes = call.services.writes, .gateway = call.services.gateway, .asks = call.services.tracking_asks};
  app::register_and_track_now(*std::move(command), services, [answerer](auto tracking) {
    if (!tracking) return answerer.send_error(code_for(tracking.error()));
    answerer.send_data([&](Writer& writer) { write_tracking(writer, *tracking, answerer.view()); });
  });
}

void create_trackings(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_array_body(call.request.body);
  if (!body) return answerer.send_error(Code::BadRequest);
  if (body->rows().size() > kMostRows) return answerer.send_error(Code::TooManyRows);
  app::RegisterBatch batch;
  auto rows = read_rows_as(body->rows(), "courier_code", Code::BadRequest, batch.commands,
                           [&](const auto& row) { return registration_of(row, call); });
  call.services.writes.submit(std::move(batch), [answerer, rows = std::move(rows)](auto outcome) {
    if (!outcome) return answerer.send_error(code_for(outcome.error()));
    const auto& outcomes = std::get<app::RegisterOutcomes>(*outcome);
    answerer.send_data([&](Writer& writer) { write_batch(writer, rows, outcomes); });
  });
}

void list_trackings(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto request = read_list(call.target, call.fields());
  if (!request) return answerer.send_error(request.error());
  if (const auto refusal = refusal_without_balance(call)) return answerer.send_error(*refusal);
  constexpr std::int64_t kLastPage = 1'000'000'000;
  const std::int64_t offset = (std::min(request->page, kLastPage) - 1) * request->limit;
  ListAnswer answer(call.caller.account, answerer.view(), call.services.readers.written_rows_of_this_thread());
  const auto read = call.services.readers.of_this_thread().read_list(request->filter, offset, request->limit, answer);
  if (!read) return answerer.send_error(code_for(read.error()));
  answerer.send(answer.finish());
}

void update_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_error(Code::BadRequest);
  auto request = read_update(body->rows().front(), call.fields());
  if (!request) return answerer.send_error(request.error());
  if (const auto refusal = refusal_without_balance(call)) return answerer.send_error(*refusal);
  const auto tracking = tracking_in_path(call);
  if (!tracking) return answerer.send_error(tracking.error());
  const domain::CarrierCode former = tracking->carrier;
  const auto done = [answerer, former](auto outcome) {
    if (!outcome) return answerer.send_error(code_for(outcome.error()));
    answer_updated(answerer, former, *outcome);
  };
  if (!request->new_carrier.empty() && request->new_carrier != former) {
    app::ChangeCarrierBatch batch;
    batch.commands.push_back({.key = {},
                              .carrier = request->new_carrier,
                              .details = std::move(request->details),
                              .archived = request->archived,
                              .id = tracking->id});
    return call.services.writes.submit(std::move(batch), done);
  }
  app::UpdateBatch batch;
  batch.commands.push_back({.key = {},
                            .details = std::move(request->details),
                            .archived = request->archived,
                            .status = std::nullopt,
                            .id = tracking->id});
  call.services.writes.submit(std::move(batch), done);
}

void delete_tracking(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto tracking = tracking_in_path(call);
  if (!tracking) return answerer.send_error(tracking.error());
  app::DeleteBatch batch;
  batch.commands.push_back({.key = {}, .id = tracking->id});
  call.services.writes.submit(std::move(batch), [answerer](auto outcome) {
    if (!outcome) return answerer.send_error(code_for(outcome.error()));
    const auto& deleted = std::get<app::UpdateOutcomes>(*outcome).front();
    if (!deleted) return answerer.send_error(code_for(deleted.error()));
    answerer.send_data([&](Writer& writer) { write_tracking(writer, *deleted, answerer.view()); });
  });
}

void retrack(const Call& call, Reply reply) {
  const Answerer answerer(call, std::move(reply));
  if (const auto refusal = refusal_without_balance(call)) return answerer.send_error(*refusal);
  const auto tracking = tracking_in_path(call);
  if (!tracking) return answerer.send_error(tracking.error());
  app::RetrackBatch batch;
  batch.ids.push_back(tracking->id);
  call.services.writes.submit(std::move(batch), [answerer](auto outcome) {
    if (!outcome) return answerer.send_error(code_for(outcome.error()));
    const auto& retracked = std::get<app::RetrackOutcomes>(*outcome).front();
    if (!retracked) return answerer.send_error(code_for(retracked.error()));
    answerer.send_data([&](Writer& writer) { write_tracking(writer, *retracked, answerer.view()); });
  });
}

}  // namespace parcelwake::api::trackingmore_v4
