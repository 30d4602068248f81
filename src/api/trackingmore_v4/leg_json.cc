#include "api/trackingmore_v4/leg_json.h"

#include <algorithm>

#include "api/trackingmore_v4/status_names.h"
#include "base/clock_text.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::Checkpoint;
using domain::Leg;
using domain::Milestone;
using domain::Precision;
using domain::Substatus;
using wire::json::Writer;

// A step of the journey: the first checkpoint that reached the milestone, or that says one of these.
struct Step {
  std::string_view key;
  std::optional<Milestone> milestone;
  std::optional<Substatus> substatus;
};

constexpr std::array<Step, 6> kMilestoneDates = {{
    {"inforeceived_date", std::nullopt, Substatus::InfoReceived},
    {"pickup_date", Milestone::ItemReceived, std::nullopt},
    {"outfordelivery_date", Milestone::OutForDelivery, Substatus::OutForDelivery},
    {"delivery_date", Milestone::Delivered, Substatus::Delivered},
    {"returning_date", std::nullopt, Substatus::Returning},
    {"returned_date", Milestone::Returned, Substatus::Returned},
}};

constexpr std::array<Step, 5> kLegacyDates = {{
    {"pickup_date", Milestone::ItemReceived, std::nullopt},
    {"departed_airport_date", Milestone::DepartfromAirport, std::nullopt},
    {"arrived_abroad_date", Milestone::ArrivalfromAbroad, std::nullopt},
    {"customs_received_date", Milestone::CustomsClearance, std::nullopt},
    {"arrived_destination_date", Milestone::DestinationArrived, std::nullopt},
}};

bool reaches(const Checkpoint& event, const Step& step) {
  if (step.milestone && event.milestone == step.milestone) return true;
  if (!step.substatus || !event.reading) return false;
  // Delivered to whomever is delivered.
  if (step.substatus == Substatus::Delivered) return event.reading->status == domain::Status::Delivered;
  return event.reading->substatus == step.substatus;
}

void write_steps(Writer& writer, std::span<const Step> steps, const Leg& leg) {
  const auto events = leg.timeline.checkpoints();
  for (const Step& step : steps) {
    const auto first =
        std::find_if(events.begin(), events.end(), [&](const auto& event) { return reaches(event, step); });
    write_event_time(writer, step.key, first == events.end() ? nullptr : &first->time);
  }
}

void write_event(Writer& writer, const Checkpoint& event) {
  writer.begin_object();
  write_event_time(writer, "checkpoint_date", &event.time);
  const auto& reading = event.reading;
  writer.field("checkpoint_delivery_status", reading ? delivery_status_of(*reading) : std::string_view{});
  writer.field("checkpoint_delivery_substatus",
               reading && reading->substatus ? delivery_substatus_of(*reading->substatus) : std::string_view{});
  writer.field("tracking_detail", event.description).field("location", event.location);
  // Carriers tell a place as one text; which part of it is the town would be a guess.
  writer.field("country_iso2", nullptr).field("state", nullptr).field("city", nullptr).field("zip", nullptr);
  writer.field_or_null("raw_status", event.code).end_object();
}

}  // namespace

char* put_event_time(char* to, const domain::EventTime& time) {
  switch (time.precision) {
    case Precision::None:
      return to;
    case Precision::Date:
      return put_date(to, time.wall);
    case Precision::Minute:
    case Precision::Second:
      break;
  }
  to = put_date_second(to, time.wall, 'T');
  return time.offset ? put_offset(to, *time.offset) : to;
}

void write_event_time(Writer& writer, std::string_view key, const domain::EventTime* time) {
  if (time == nullptr || time->precision == Precision::None) {
    writer.field(key, nullptr);
    return;
  }
  writer.key(key).plain_string<kClockText>([&](char* to) { return put_event_time(to, *time); });
}

void write_leg(Writer& writer, const Leg& leg, std::string_view reference, const ports::CarrierCatalogue& catalogue) {
  const domain::Carrier* carrier = catalogue.find(leg.carrier);
  writer.begin_object().field_or_null("courier_code", leg.carrier.text());
  writer.field_or_null("courier_phone", carrier == nullptr ? std::string_view{} : carrier->phone);
  writer.field_or_null("weblink", carrier == nullptr ? std::string_view{} : carrier->homepage);
  writer.field_or_null("reference_number", reference).key("milestone_date").begin_object();
  write_steps(writer, kMilestoneDates, leg);
  writer.end_object();
  write_steps(writer, kLegacyDates, leg);
  if (!leg.timeline.empty()) {
    writer.key("trackinfo").begin_array();
    const auto events = leg.timeline.checkpoints();
    for (std::size_t i = events.size(); i-- > 0;) write_event(writer, events[i]);
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace parcelwake::api::trackingmore_v4
