#include "carriers/engine/answer_json.h"

#include "carriers/engine/field.h"
#include "carriers/engine/waybill_json.h"
#include "wire/json/writer.h"

namespace parcelwake::carriers {
namespace {

using wire::json::Writer;

void write_reading(Writer& json, const std::optional<domain::Reading>& reading) {
  json.field_or_null("status", reading ? domain::name_of(reading->status) : "");
  json.field_or_null("substatus", reading && reading->substatus ? domain::name_of(*reading->substatus) : "");
}

void write_event(Writer& json, const domain::Checkpoint& checkpoint) {
  json.begin_object();
  json.field_or_null("time", to_iso_as_told(checkpoint.time));
  json.field_or_null("time_raw", checkpoint.time_raw);
  json.field("description", checkpoint.description);
  json.field_or_null("location", checkpoint.location);
  json.field_or_null("code", checkpoint.code);
  write_reading(json, checkpoint.notice ? std::nullopt : checkpoint.reading);
  json.field_or_null("milestone", checkpoint.milestone ? domain::name_of(*checkpoint.milestone) : "");
  json.end_object();
}

void write_air(Writer& json, const ParsedShipment& shipment, std::string_view number) {
  json.begin_object();
  json.field_or_null("tracking_number", shipment.report.number.empty() ? number : shipment.report.number);
  write_reading(json, shipment.standing);
  write_air_fields(json, *shipment.air);
  json.end_object();
}

void write_shipment(Writer& json, const ParsedShipment& shipment, std::string_view number) {
  const domain::CarrierReport& report = shipment.report;
  json.begin_object();
  json.field_or_null("tracking_number", report.number.empty() ? number : report.number);
  write_reading(json, shipment.standing);
  json.key("events").begin_array();
  for (auto at = report.checkpoints.rbegin(); at != report.checkpoints.rend(); ++at) write_event(json, *at);
  json.end_array();
  json.field_or_null("delivered_at", report.delivered_at ? to_iso_as_told(*report.delivered_at) : "");
  json.field_or_null("signer", report.facts.signed_by);
  json.end_object();
}

}  // namespace

std::string_view name_of(AnswerErrorKind kind) {
  switch (kind) {
    case AnswerErrorKind::Auth:
      return "auth";
    case AnswerErrorKind::RateLimit:
      return "rate_limit";
    case AnswerErrorKind::BadRequest:
      return "bad_request";
    case AnswerErrorKind::InvalidNumber:
      return "invalid_number";
    case AnswerErrorKind::Server:
      return "server";
    case AnswerErrorKind::NotFound:
      return "not_found";
  }
  return "";
}

std::string answer_json(const ParsedAnswer& answer, std::string_view number) {
  std::string out;
  Writer json(out);
  json.begin_object().key("results").begin_array();
  for (const ParsedShipment& shipment : answer.shipments) {
    if (shipment.error) continue;
    const std::string_view stand_in = answer.shipments.size() == 1 ? number : "";
    if (shipment.air) {
      write_air(json, shipment, stand_in);
    } else {
      write_shipment(json, shipment, stand_in);
    }
  }
  json.end_array().key("error");
  if (answer.error) {
    json.begin_object().field("kind", name_of(*answer.error)).end_object();
  } else {
    json.null();
  }
  json.key("unmapped").begin_array();
  for (const std::string& code : answer.unmapped) json.string(code);
  json.end_array().end_object();
  return out;
}

}  // namespace parcelwake::carriers
