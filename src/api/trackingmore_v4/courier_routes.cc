#include "api/trackingmore_v4/courier_routes.h"

#include <utility>

#include "api/trackingmore_v4/reply_for_error.h"

namespace parcelwake::api::trackingmore_v4 {

using wire::json::Writer;

void get_couriers(const Call& call, wire::http::Reply reply) {
  const auto host = call.request.header("Host").value_or("");
  Answerer(call, std::move(reply)).send_data([&](Writer& writer) {
    writer.begin_array();
    for (const domain::Carrier& carrier : call.services.catalogue.all()) write_courier(writer, carrier, host);
    writer.end_array();
  });
}

void detect_couriers(const Call& call, wire::http::Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_error(Code::BadRequest);
  const auto field = text_field(body->rows().front(), "tracking_number");
  if (!field) return answerer.send_error(Code::NumberInvalid);
  const auto number = domain::TrackingNumber::parse(*field);
  if (!number) return answerer.send_error(code_for(number.error()));
  const auto candidates = call.services.catalogue.detect(number->text(), {});
  if (candidates.empty()) return answerer.send_error(Code::CourierUndetected);
  const auto host = call.request.header("Host").value_or("");
  answerer.send_data([&](Writer& writer) {
    writer.begin_array();
    for (const ports::Candidate& candidate : candidates) {
      if (const auto* carrier = call.services.catalogue.find(candidate.carrier)) write_courier(writer, *carrier, host);
    }
    writer.end_array();
  });
}

}  // namespace parcelwake::api::trackingmore_v4
