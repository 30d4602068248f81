#include "api/common/carrier_routes.h"

#include <utility>

#include "api/common/reply_for_error.h"
#include "api/common/request_json.h"
#include "app/accounts/charge.h"
#include "base/ascii.h"

namespace parcelwake::api {

void get_carriers(const Call& call, wire::http::Reply reply) {
  const auto asked = call.request.header("Lang").value_or("en");
  const bool chinese = ascii::equals_ignoring_case(asked, "cn");
  const auto host = call.request.header("Host").value_or("");
  Answerer(call, std::move(reply)).send_data(Meta::Ok, [&](wire::json::Writer& writer) {
    write_carriers(writer, call.services.catalogue.all(), chinese ? NameLanguage::Chinese : NameLanguage::English,
                   host);
  });
}

void detect_carriers(const Call& call, wire::http::Reply reply) {
  const Answerer answerer(call, std::move(reply));
  const auto body = read_object_body(call.request.body);
  if (!body) return answerer.send_empty(body.error());
  const auto field = text_field(body->rows().front(), "tracking_number");
  if (!field) return answerer.send_empty(field.error());
  const std::string_view text = field->empty() ? call.target.parameter("tracking_number").value_or("") : *field;
  const auto number = domain::TrackingNumber::parse(text);
  if (!number) {
    return answerer.send_empty(number.error() == domain::NumberError::Missing ? Meta::NumberRequired
                                                                              : Meta::NumberInvalid);
  }
  auto candidates = call.services.catalogue.detect(number->text(), {});
  if (candidates.empty()) return answerer.send_empty(Meta::CourierUndetected);
  app::charge({.account = call.caller.account,
               .allowance = call.caller.allowance,
               .kind = domain::LedgerKind::Detect,
               .cost = domain::kCostOfDetection,
               .note = number->text()},
              call.services.writes, [answerer, candidates = std::move(candidates)](const auto& charged) {
                if (!charged) return answerer.send_empty(meta_for(charged.error()));
                answerer.send_data(Meta::Ok, [&](wire::json::Writer& writer) { write_candidates(writer, candidates); });
              });
}

}  // namespace parcelwake::api
