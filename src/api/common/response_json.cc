#include "api/common/response_json.h"

#include <array>

#include "api/common/shown_status.h"
#include "base/clock_text.h"
#include "domain/tracking/judgement.h"

namespace parcelwake::api {
namespace {

using domain::Checkpoint;
using domain::Milestone;
using domain::Precision;
using domain::Tracking;
using wire::json::Writer;

// The six milestones that have a key of their own on the wire.
constexpr std::array<Milestone, 6> kWireMilestones = {Milestone::ItemReceived,      Milestone::ItemDispatched,
                                                      Milestone::DepartfromAirport, Milestone::ArrivalfromAbroad,
                                                      Milestone::CustomsClearance,  Milestone::DestinationArrived};

char* put_date_of(char* to, const domain::EventTime& time, EventClock clock) {
  switch (time.precision) {
    case Precision::None:
      return to;
    case Precision::Date:
      return put_date(to, time.wall);
    case Precision::Minute:
    case Precision::Second:
      break;
  }
  return clock == EventClock::Minutes ? put_date_minute(to, time.wall) : put_date_second(to, time.wall);
}

void write_date(Writer& writer, const domain::EventTime& time, EventClock clock) {
  writer.plain_string<kClockText>([&](char* to) { return put_date_of(to, time, clock); });
}

void write_iso(Writer& writer, Timestamp instant, UtcOffset zone) {
  writer.plain_string<kClockText>([&](char* to) { return put_iso(to, instant, zone); });
}

void write_id(Writer& writer, const domain::TrackingId& id) {
  const auto& bytes = id.bytes();
  writer.key("id").hex_string({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void write_event(Writer& writer, const Checkpoint& event, const domain::Milestones& milestones, const View& view) {
  writer.begin_object().key("Date");
  write_date(writer, event.time, view.dialect.event_clock);
  writer.field("StatusDescription", event.description).field("Details", event.location);
  writer.field("checkpoint_status", event.reading ? domain::name_of(event.reading->status) : std::string_view{});
  const auto substatus =
      event.reading && event.reading->substatus ? view.dialect.substatus(*event.reading->substatus) : std::nullopt;
  writer.field("substatus", substatus.value_or(std::string_view{}));
  for (const Milestone milestone : kWireMilestones) {
    if (milestones[static_cast<std::size_t>(milestone)] != &event) continue;
    writer.field("ItemNode", domain::name_of(milestone));
    break;
  }
  writer.end_object();
}

void write_leg(Writer& writer, const Tracking& tracking, domain::LegKind kind, const View& view) {
  const bool is_origin = kind == domain::LegKind::Origin;
  const domain::Leg& leg = is_origin ? tracking.origin : tracking.destination;
  const domain::Milestones milestones = domain::milestones_of(leg.timeline, kind);
  writer.begin_object();
  if (is_origin) writer.field_or_null("ReferenceNumber", tracking.facts.reference);
  for (const Milestone milestone : kWireMilestones) {
    writer.key(domain::name_of(milestone));
    const Checkpoint* reached = milestones[static_cast<std::size_t>(milestone)];
    if (reached == nullptr || reached->time.precision == Precision::None) {
      writer.null();
    } else {
      write_date(writer, reached->time, EventClock::Seconds);
    }
  }
  const domain::Carrier* carrier = view.catalogue.find(leg.carrier);
  writer.field_or_null("weblink", carrier == nullptr ? std::string_view{} : carrier->homepage);
  writer.field_or_null("phone", carrier == nullptr ? std::string_view{} : carrier->phone);
  writer.field_or_null("carrier_code", leg.carrier.text());
  // Absent while there is nothing to tell: clients stumble over null and [].
  if (!leg.timeline.empty()) {
    writer.key("trackinfo").begin_array();
    const auto events = leg.timeline.checkpoints();
    for (std::size_t i = events.size(); i-- > 0;) write_event(writer, events[i], milestones, view);
    writer.end_array();
  }
  writer.end_object();
}

void write_last_event(Writer& writer, const Tracking& tracking, const View& view) {
  const Checkpoint* newest = domain::newest_checkpoint(tracking.origin, tracking.destination);
  if (newest == nullptr) {
    if (view.dialect.no_event == NoEvent::Null) {
      writer.field("lastEvent", nullptr).field("lastUpdateTime", nullptr);
    } else {
      writer.field("lastEvent", "").field("lastUpdateTime", "");
    }
    return;
  }
  std::array<char, kClockText> date;
  const char* end = put_date_of(date.data(), newest->time, view.dialect.event_clock);
  const std::string_view shown(date.data(), static_cast<std::size_t>(end - date.data()));
  writer.key("lastEvent").string({newest->description, ",", newest->location, ",", shown});
  writer.field("lastUpdateTime", shown);
}

void write_day_counts(Writer& writer, const Tracking& tracking, const View& view) {
  const WallTime last_asked = to_wall(tracking.asking_ended.value_or(view.now), view.time_zone);
  const auto days = domain::count_days(tracking, last_asked);
  if (days) {
    writer.field("itemTimeLength", days->in_transit).field("stayTimeLength", days->since_newest);
  } else {
    writer.field("itemTimeLength", nullptr).field("stayTimeLength", nullptr);
  }
}

template <class Name>
void write_optional(Writer& writer, const Name& name, std::string_view text) {
  if (!text.empty()) writer.field(name, text);
}

std::string_view destination_country(const Tracking& tracking) {
  return tracking.facts.destination_country.empty() ? tracking.details.destination_code
                                                    : tracking.facts.destination_country;
}

void write_order_time(Writer& writer, const Tracking& tracking, const View& view) {
  writer.key("order_create_time");
  if (!tracking.details.order_time) {
    writer.null();
    return;
  }
  const WallTime wall = to_wall(*tracking.details.order_time, view.time_zone);
  writer.plain_string<kClockText>([&](char* to) { return put_date_minute(to, wall); });
}

}  // namespace

void write_tracking(Writer& writer, const Tracking& tracking, const View& view) {
  const domain::Details& details = tracking.details;
  const domain::ShipmentFacts& facts = tracking.facts;
  writer.begin_object();
  write_id(writer, tracking.id);
  writer.field("tracking_number", tracking.number.text());
  writer.field("carrier_code", tracking.carrier.text());
  writer.field("status", domain::name_of(shown_status(tracking, view.dialect)));
  writer.field("track_update", tracking.asked());
  write_iso(writer.key("created_at"), tracking.created_at, view.time_zone);
  write_iso(writer.key("updated_at"), tracking.updated_at, view.time_zone);
  write_order_time(writer, tracking, view);
  write_optional(writer, "destination_code", details.destination_code);
  writer.field("customer_email", details.customer_email);
  write_optional(writer, "customer_phone", details.customer_phone);
  writer.field("title", details.title).field_or_null("order_id", details.order_id);
  writer.field_or_null("comment", details.comment).field_or_null("customer_name", details.customer_name);
  writer.field("archived", tracking.archived);
  writer.field("original_country", view.catalogue.country_name(facts.origin_country));
  write_optional(writer, "destination_country", view.catalogue.country_name(destination_country(tracking)));
  write_optional(writer, "singed_by", facts.signed_by);
  write_day_counts(writer, tracking, view);
  writer.field_or_null("service_code", facts.service).field("status_info", nullptr);
  write_optional(writer, "weight", facts.weight);
  writer.field_or_null("substatus", shown_substatus(tracking, view.dialect).value_or(std::string_view{}));
  writer.key("origin_info");
  write_leg(writer, tracking, domain::LegKind::Origin, view);
  if (!tracking.destination.carrier.empty() || view.dialect.empty_destination == EmptyDestination::Nulls) {
    writer.key("destination_info");
    write_leg(writer, tracking, domain::LegKind::Destination, view);
  }
  write_last_event(writer, tracking, view);
  writer.end_object();
}

void write_created(Writer& writer, const app::Registered& registered, const View& view) {
  const Tracking& tracking = registered.tracking;
  const domain::Details& details = tracking.details;
  writer.begin_object();
  write_id(writer, tracking.id);
  writer.field("tracking_number", tracking.number.text());
  writer.field("carrier_code", tracking.carrier.text());
  writer.field("order_create_time", details.order_time ? unix_seconds(*details.order_time) : std::int64_t{0});
  writer.field("status", domain::name_of(tracking.status()));
  write_iso(writer.key("created_at"), registered.registered_at, view.time_zone);
  writer.field_or_null("customer_email", details.customer_email).field_or_null("customer_name", details.customer_name);
  writer.field_or_null("customer_phone", details.customer_phone).field_or_null("order_id", details.order_id);
  writer.field_or_null("comment", details.comment).field_or_null("title", details.title);
  writer.field_or_null("logistics_channel", details.logistics_channel).field("destination", details.destination_code);
  writer.end_object();
}

void write_updated(Writer& writer, const app::UpdateCommand& command, const Tracking& tracking, const View& view) {
  const domain::Details& details = tracking.details;
  writer.begin_object();
  write_id(writer, tracking.id);
  writer.field("tracking_number", tracking.number.text());
  writer.field("carrier_code", tracking.carrier.text());
  write_iso(writer.key("created_at"), tracking.created_at, view.time_zone);
  write_iso(writer.key("updated_at"), tracking.updated_at, view.time_zone);
  writer.field_or_null("customer_email", details.customer_email).field_or_null("customer_name", details.customer_name);
  writer.field_or_null("order_id", details.order_id).field_or_null("title", details.title);
  writer.field_or_null("destination_code", details.destination_code)
      .field_or_null("customer_phone", details.customer_phone);
  writer.field("archived", tracking.archived ? "true" : "false");
  // A status that was set comes back as its number, in quotes; otherwise the present one by name.
  writer.key("status");
  if (!command.status) {
    writer.string(domain::name_of(shown_status(tracking, view.dialect)));
  } else {
    switch (*command.status) {
      case app::ManualStatus::Delivered:
        writer.string("4");
        break;
      case app::ManualStatus::Exception:
        writer.string("7");
        break;
      case app::ManualStatus::Automatic:
        writer.string("8");
        break;
    }
  }
  writer.field_or_null("logistics_channel", details.logistics_channel);
  writer.end_object();
}

void write_carriers(Writer& writer, std::span<const domain::Carrier> carriers, NameLanguage language,
                    std::string_view host) {
  writer.begin_array();
  for (const domain::Carrier& carrier : carriers) {
    const bool chinese = language == NameLanguage::Chinese && !carrier.name_chinese.empty();
    writer.begin_object()
        .field("name", chinese ? carrier.name_chinese : carrier.name)
        .field("code", carrier.code.text());
    writer.field("phone", carrier.phone).field("homepage", carrier.homepage);
    writer.field("type", carrier.kind == domain::CarrierKind::Post ? "globalpost" : "express");
    writer.field("picture", "//" + std::string(host) + "/icons/" + carrier.code.text() + ".svg");
    writer.field("country_code", carrier.country).field("track_url", carrier.tracking_url);
    writer.field("name_cn", carrier.name_chinese).end_object();
  }
  writer.end_array();
}

void write_candidates(Writer& writer, std::span<const ports::Candidate> candidates) {
  writer.begin_array();
  for (const ports::Candidate& candidate : candidates) {
    writer.begin_object().field("name", candidate.carrier_name).field("code", candidate.carrier.text()).end_object();
  }
  writer.end_array();
}

}  // namespace parcelwake::api
