#include "api/trackingmore_v4/response_json.h"

#include <array>

#include "api/trackingmore_v4/leg_json.h"
#include "api/trackingmore_v4/status_names.h"
#include "api/trackingmore_v4/weight_kg.h"
#include "base/clock_text.h"
#include "domain/tracking/judgement.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::Details;
using domain::ShipmentFacts;
using domain::Tracking;
using wire::json::Writer;

void write_id(Writer& writer, const domain::TrackingId& id) {
  const auto& bytes = id.bytes();
  writer.key("id").hex_string({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void write_iso(Writer& writer, std::string_view key, Timestamp instant, UtcOffset zone) {
  writer.key(key).plain_string<kClockText>([&](char* to) { return put_iso(to, instant, zone); });
}

void write_order_date(Writer& writer, const Tracking& tracking, const View& view) {
  if (!tracking.details.order_time) {
    writer.field("order_date", nullptr);
    return;
  }
  write_iso(writer, "order_date", *tracking.details.order_time, view.time_zone);
}

std::string_view told_or(std::string_view told, std::string_view otherwise) { return told.empty() ? otherwise : told; }

std::string_view origin_country(const Tracking& tracking) {
  return told_or(tracking.facts.origin_country, tracking.details.origin_code);
}
std::string_view destination_country(const Tracking& tracking) {
  return told_or(tracking.facts.destination_country, tracking.details.destination_code);
}

std::string_view truth(bool value) { return value ? "true" : "false"; }

// What some carriers want to know beside the number.
void write_special_fields(Writer& writer, const Details& details) {
  writer.field_or_null("tracking_postal_code", details.postal_code);
  writer.field_or_null("tracking_ship_date", details.ship_date);
  writer.field_or_null("tracking_destination_country", details.destination_told);
  writer.field_or_null("tracking_origin_country", details.origin_told);
  writer.field_or_null("tracking_key", details.tracking_key);
  writer.field_or_null("tracking_courier_account", details.account_number);
}

void write_customer(Writer& writer, const Details& details) {
  writer.field_or_null("customer_name", details.customer_name);
  writer.field_or_null("customer_email", details.customer_email);
  writer.field_or_null("customer_sms", details.customer_sms);
  writer.field_or_null("recipient_postcode", details.recipient_postcode);
}

void write_facts(Writer& writer, const Tracking& tracking) {
  const ShipmentFacts& facts = tracking.facts;
  writer.field_or_null("signed_by", facts.signed_by).field_or_null("service_code", facts.service);
  writer.field_or_null("weight", facts.weight).field_or_null("weight_kg", weight_kg(facts.weight));
  writer.field("product_type", nullptr).field("pieces", nullptr).field("dimension", nullptr);
  writer.field("previously", nullptr);
  writer.field_or_null("destination_track_number", tracking.destination.number);
  writer.field("exchange_number", nullptr);
  writer.field_or_null("scheduled_delivery_date", facts.estimated_delivery);
  writer.field("scheduled_address", nullptr);
}

void write_latest_event(Writer& writer, const Tracking& tracking) {
  const domain::Checkpoint* newest = domain::newest_checkpoint(tracking.origin, tracking.destination);
  if (newest == nullptr) {
    writer.field("latest_event", nullptr).field("latest_checkpoint_time", nullptr);
    return;
  }
  std::array<char, kClockText> clock{};
  const char* const end = put_event_time(clock.data(), newest->time);
  const std::string_view date(clock.data(), static_cast<std::size_t>(end - clock.data()));
  writer.key("latest_event").string({newest->description, ",", newest->location, ",", date});
  write_event_time(writer, "latest_checkpoint_time", &newest->time);
}

std::int64_t transit_days(const Tracking& tracking, const View& view) {
  const WallTime last_asked = to_wall(tracking.asking_ended.value_or(view.now), view.time_zone);
  const auto days = domain::count_days(tracking, last_asked);
  return days ? days->in_transit : 0;
}

}  // namespace

void write_tracking(Writer& writer, const Tracking& tracking, const View& view) {
  const Details& details = tracking.details;
  write_id(writer.begin_object(), tracking.id);
  writer.field("tracking_number", tracking.number.text());
  writer.field("courier_code", tracking.carrier.text()).field_or_null("order_number", details.order_number);
  write_order_date(writer, tracking, view);
  write_iso(writer, "created_at", tracking.created_at, view.time_zone);
  write_iso(writer, "update_at", tracking.updated_at, view.time_zone);
  writer.field("delivery_status", delivery_status_of(tracking)).field("archived", truth(tracking.archived));
  writer.field("updating", tracking.asked());
  writer.field_or_null("destination_country", destination_country(tracking));
  writer.field("destination_state", nullptr).field("destination_city", nullptr);
  writer.field_or_null("origin_country", origin_country(tracking));
  writer.field("origin_state", nullptr).field("origin_city", nullptr);
  write_special_fields(writer, details);
  write_customer(writer, details);
  writer.field_or_null("order_id", details.order_id).field_or_null("title", details.title);
  writer.field_or_null("logistics_channel", details.logistics_channel).field_or_null("note", details.comment);
  writer.field_or_null("label", details.label);
  write_facts(writer, tracking);
  const auto substatus = tracking.substatus();
  writer.field_or_null("substatus", substatus ? delivery_substatus_of(*substatus) : std::string_view{})
      .field("status_info", nullptr);
  write_latest_event(writer, tracking);
  writer.field("transit_time", transit_days(tracking, view));
  writer.key("origin_info");
  write_leg(writer, tracking.origin, tracking.facts.reference, view.catalogue);
  writer.key("destination_info");
  write_leg(writer, tracking.destination, {}, view.catalogue);
  writer.end_object();
}

void write_updated(Writer& writer, const Tracking& tracking, const domain::CarrierCode& former_carrier,
                   const View& view) {
  const Details& details = tracking.details;
  const bool changed = former_carrier != tracking.carrier;
  write_id(writer.begin_object(), tracking.id);
  writer.field("tracking_number", tracking.number.text());
  writer.field("courier_code", former_carrier.text());
  writer.field_or_null("courier_code_new", changed ? std::string_view(tracking.carrier.text()) : std::string_view{});
  writer.field_or_null("order_number", details.order_number);
  write_order_date(writer, tracking, view);
  writer.field_or_null("order_id", details.order_id);
  writer.field_or_null("destination_country", destination_country(tracking));
  writer.field_or_null("origin_country", origin_country(tracking));
  write_special_fields(writer, details);
  write_customer(writer, details);
  writer.field_or_null("title", details.title).field_or_null("logistics_channel", details.logistics_channel);
  writer.field_or_null("note", details.comment).field_or_null("label", details.label);
  writer.field("archived_status", truth(tracking.archived)).end_object();
}

void begin_batch_item(Writer& writer, std::string_view id, std::string_view number, std::string_view courier) {
  writer.begin_object().field("id", id).field("tracking_number", number).field("courier_code", courier);
}

void write_courier(Writer& writer, const domain::Carrier& carrier, std::string_view host) {
  writer.begin_object().field("courier_name", carrier.name).field("courier_code", carrier.code.text());
  writer.field_or_null("courier_country_iso2", carrier.country).field("courier_url", carrier.homepage);
  writer.field("courier_phone", carrier.phone);
  writer.field("courier_type", carrier.kind == domain::CarrierKind::Post ? "globalpost" : "express");
  writer.field("tracking_required_fields", nullptr).field("optional_fields", nullptr);
  writer.field("default_language", "en").key("support_language").begin_array().string("en").end_array();
  writer.field("courier_logo", "//" + std::string(host) + "/icons/" + carrier.code.text() + ".svg").end_object();
}

}  // namespace parcelwake::api::trackingmore_v4
