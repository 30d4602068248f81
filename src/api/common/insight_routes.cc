#include "api/common/insight_routes.h"

#include <utility>

#include "api/common/remote_areas_json.h"
#include "api/common/reply_for_error.h"
#include "api/common/request_json.h"
#include "api/common/transit_times_json.h"

namespace parcelwake::api {
namespace {

constexpr std::size_t kMostRows = 40;                               // as in a batch
constexpr std::string_view kFound = "The request was successful.";  // TrackingMore v2, api-get-remote-item

Result<wire::json::Rows, Meta> read_rows_of(const Call& call) {
  auto body = read_array_body(call.request.body);
  if (body && body->rows().size() > kMostRows) return fail(Meta::TooManyRows);
  return body;
}

wire::http::Response remote_areas_answer(std::span<const app::PlaceQuestion> questions,
                                         std::span<const app::PlaceAnswer> answers,
                                         const ports::CarrierCatalogue& catalogue) {
  wire::http::Response response;
  response.status = http_status_of(Meta::Ok);
  wire::json::Writer writer(response.body);
  begin_envelope(writer, Meta::Ok, kFound);
  write_remote_areas(writer, questions, answers, catalogue);
  writer.end_object();
  return response;
}

}  // namespace

void find_remote_areas(const Call& call, wire::http::Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_rows_of(call);
  if (!body) return answerer.send_empty(body.error());
  const auto questions = read_places(body->rows());
  if (!questions) return answerer.send_empty(questions.error());
  const auto answers =
      app::find_remote_areas(*questions, call.services.catalogue, call.services.readers.remote_areas_of_this_thread());
  if (!answers) return answerer.send_empty(meta_for(answers.error()));
  // Written before it is paid for: what it shows lives no longer than the request.
  wire::http::Response response = remote_areas_answer(*questions, *answers, call.services.catalogue);
  app::charge({.account = call.caller.account,
               .allowance = call.caller.allowance,
               .kind = domain::LedgerKind::Remote,
               .cost = domain::kCostOfRemoteLookup},
              call.services.writes, [answerer, response = std::move(response)](const auto& charged) mutable {
                if (!charged) return answerer.send_empty(meta_for(charged.error()));
                answerer.send(std::move(response));
              });
}

void get_transit_times(const Call& call, wire::http::Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_rows_of(call);
  if (!body) return answerer.send_empty(body.error());
  const auto routes = read_routes(body->rows(), call.services.catalogue);
  if (!routes) return answerer.send_empty(routes.error());
  if (const auto refusal = refusal_without_balance(call)) return answerer.send_empty(*refusal);
  const auto times = call.services.readers.of_this_thread().transit_times(call.caller.account, *routes);
  if (!times) return answerer.send_empty(meta_for(times.error()));
  answerer.send_data(Meta::Ok, [&](wire::json::Writer& writer) { write_transit_times(writer, *routes, *times); });
}

}  // namespace parcelwake::api
