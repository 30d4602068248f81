#include "api/moving/tracking_columns.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "api/common/fields.h"
#include "api/common/request_json.h"
#include "api/moving/moment_text.h"
#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using app::ToldTracking;
using domain::Details;
using domain::Leg;
using domain::ShipmentFacts;
using domain::Tracking;

template <std::string Details::*Field>
constexpr TrackingColumn detail(std::string_view name) {
  return {name, [](const Tracking& t) { return t.details.*Field; },
          [](std::string_view text, const ReadContext&, ToldTracking& told) {
            told.tracking.details.*Field = text;
            return true;
          }};
}

template <std::string Details::*Field>
constexpr TrackingColumn country_detail(std::string_view name) {
  return {name, [](const Tracking& t) { return t.details.*Field; },
          [](std::string_view text, const ReadContext& context, ToldTracking& told) {
            const auto code = context.catalogue.country_code(ascii::trimmed(text));
            told.tracking.details.*Field = code;
            return !code.empty();
          }};
}

template <std::string ShipmentFacts::*Field>
constexpr TrackingColumn fact(std::string_view name) {
  return {name, [](const Tracking& t) { return t.facts.*Field; },
          [](std::string_view text, const ReadContext&, ToldTracking& told) {
            told.tracking.facts.*Field = text;
            return true;
          }};
}

template <Timestamp Tracking::*Field>
constexpr TrackingColumn moment(std::string_view name) {
  return {name, [](const Tracking& t) { return moment_text(t.*Field); },
          [](std::string_view text, const ReadContext& context, ToldTracking& told) {
            const auto read = read_moment(text, context.time_zone);
            if (read) told.tracking.*Field = *read;
            return read.has_value();
          }};
}

template <std::optional<Timestamp> Tracking::*Field>
constexpr TrackingColumn optional_moment(std::string_view name) {
  return {name, [](const Tracking& t) { return t.*Field ? moment_text(*(t.*Field)) : std::string(); },
          [](std::string_view text, const ReadContext& context, ToldTracking& told) {
            told.tracking.*Field = read_moment(text, context.time_zone);
            return (told.tracking.*Field).has_value();
          }};
}

// What a carrier said of the parcel beside its events: "transit transit001 2024-03-01T10:00:00.000Z".
template <Leg Tracking::*Which>
constexpr TrackingColumn reported(std::string_view name) {
  return {
      name,
      [](const Tracking& t) {
        const Leg& leg = t.*Which;
        if (!leg.reported) return std::string();
        const auto substatus = leg.reported->substatus;
        return std::string(domain::name_of(leg.reported->status)) + ' ' +
               std::string(substatus ? domain::name_of(*substatus) : "-") + ' ' + moment_text(leg.reported_at);
      },
      [](std::string_view text, const ReadContext& context, ToldTracking& told) {
        const auto first = text.find(' ');
        const auto second = text.find(' ', first + 1);
        if (first == std::string_view::npos || second == std::string_view::npos) return false;
        const auto status = domain::parse_status(text.substr(0, first));
        const auto at = read_moment(text.substr(second + 1), context.time_zone);
        if (!status || !at) return false;
        Leg& leg = told.tracking.*Which;
        leg.reported = domain::Reading{*status, domain::parse_substatus(text.substr(first + 1, second - first - 1))};
        leg.reported_at = *at;
        return true;
      }};
}

std::string name_or_nothing(const std::optional<domain::Status>& status) {
  return status ? std::string(domain::name_of(*status)) : std::string();
}
std::string name_or_nothing(const std::optional<domain::Substatus>& substatus) {
  return substatus ? std::string(domain::name_of(*substatus)) : std::string();
}

bool read_carrier(std::string_view text, const ReadContext& context, ToldTracking& told) {
  text = ascii::trimmed(text);
  told.carrier = text;
  const auto code = domain::CarrierCode::parse(text);
  if (code && context.catalogue.find(*code) != nullptr) return true;
  // Shops name carriers as people do.
  for (const domain::Carrier& carrier : context.catalogue.all()) {
    if (!ascii::equals_ignoring_case(carrier.name, text)) continue;
    told.carrier = carrier.code.text();
    break;
  }
  return true;
}

bool read_standing(std::string_view text, const ReadContext&, ToldTracking& told) {
  const auto status = domain::parse_status(ascii::to_lower(ascii::trimmed(text)));
  if (status && !told.standing) told.standing = domain::Reading{*status, std::nullopt};
  return status.has_value();
}

bool read_computed_status(std::string_view text, const ReadContext&, ToldTracking& told) {
  const auto status = domain::parse_status(text);
  if (!status) return false;
  told.tracking.computed_status = *status;
  told.stands_as_it_is = true;
  return true;
}

bool read_destination_carrier(std::string_view text, const ReadContext&, ToldTracking& told) {
  const auto code = domain::CarrierCode::parse(text);
  if (code) told.tracking.destination.carrier = *code;
  return code.has_value();
}

bool read_order_time(std::string_view text, const ReadContext& context, ToldTracking& told) {
  auto& order_time = told.tracking.details.order_time;
  order_time = read_moment(text, context.time_zone);
  if (!order_time) order_time = parse_order_time(text, context.time_zone);
  return order_time.has_value();
}

bool read_created(std::string_view text, const ReadContext& context, ToldTracking& told) {
  auto read = read_moment(text, context.time_zone);
  if (!read) read = parse_order_time(text, context.time_zone);
  if (read) told.tracking.created_at = *read;
  return read.has_value();
}

constexpr auto kTrackingColumns = std::to_array<TrackingColumn>({
    {"id", [](const Tracking& t) { return t.id.hex(); },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       told.id = text;
       return true;
     }},
    {"tracking_number", [](const Tracking& t) { return t.number.text(); },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       told.number = text;
       return true;
     }},
    {"carrier_code", [](const Tracking& t) { return t.carrier.text(); }, read_carrier},
    {"status", [](const Tracking& t) { return std::string(domain::name_of(t.status())); }, read_standing},
    {"created_at", [](const Tracking& t) { return moment_text(t.created_at); }, read_created},
    moment<&Tracking::updated_at>("updated_at"),
    {"archived", [](const Tracking& t) { return std::string(t.archived ? "true" : "false"); },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       const auto truth = parse_truth(text);
       told.tracking.archived = truth.value_or(false);
       return truth.has_value();
     }},
    detail<&Details::title>("title"),
    detail<&Details::order_id>("order_id"),
    {"order_time",
     [](const Tracking& t) { return t.details.order_time ? moment_text(*t.details.order_time) : std::string(); },
     read_order_time},
    detail<&Details::customer_name>("customer_name"),
    detail<&Details::customer_email>("customer_email"),
    detail<&Details::customer_phone>("customer_phone"),
    detail<&Details::comment>("comment"),
    detail<&Details::logistics_channel>("logistics_channel"),
    country_detail<&Details::destination_code>("destination_code"),
    country_detail<&Details::origin_code>("origin_code"),
    detail<&Details::language>("language"),
    detail<&Details::ship_date>("ship_date"),
    detail<&Details::postal_code>("postal_code"),
    detail<&Details::account_number>("account_number"),
    detail<&Details::order_number>("order_number"),
    detail<&Details::customer_sms>("customer_sms"),
    detail<&Details::recipient_postcode>("recipient_postcode"),
    detail<&Details::label>("label"),
    detail<&Details::tracking_key>("tracking_key"),
    detail<&Details::origin_told>("origin_told"),
    detail<&Details::destination_told>("destination_told"),
    {"manual_status", [](const Tracking& t) { return name_or_nothing(t.manual_status); },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       told.tracking.manual_status = domain::parse_status(text);
       return told.tracking.manual_status.has_value();
     }},
    {"computed_status", [](const Tracking& t) { return std::string(domain::name_of(t.computed_status)); },
     read_computed_status},
    {"computed_substatus", [](const Tracking& t) { return name_or_nothing(t.computed_substatus); },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       told.tracking.computed_substatus = domain::parse_substatus(text);
       return told.tracking.computed_substatus.has_value();
     }},
    optional_moment<&Tracking::readded_at>("readded_at"),
    optional_moment<&Tracking::retracked_at>("retracked_at"),
    optional_moment<&Tracking::asking_ended>("asking_ended_at"),
    fact<&ShipmentFacts::origin_country>("origin_country"),
    fact<&ShipmentFacts::destination_country>("destination_country"),
    fact<&ShipmentFacts::signed_by>("signed_by"),
    fact<&ShipmentFacts::service>("service"),
    fact<&ShipmentFacts::weight>("weight"),
    fact<&ShipmentFacts::reference>("reference"),
    fact<&ShipmentFacts::estimated_delivery>("estimated_delivery"),
    {"destination_carrier_code", [](const Tracking& t) { return t.destination.carrier.text(); },
     read_destination_carrier},
    {"destination_number", [](const Tracking& t) { return t.destination.number; },
     [](std::string_view text, const ReadContext&, ToldTracking& told) {
       told.tracking.destination.number = text;
       return true;
     }},
    reported<&Tracking::origin>("origin_reported"),
    reported<&Tracking::destination>("destination_reported"),
});

// Headings of shops' exports, letters and digits alone.
constexpr auto kOtherHeadings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"trackingno", "tracking_number"},
    {"tracking", "tracking_number"},
    {"trackingcode", "tracking_number"},
    {"trackingid", "tracking_number"},
    {"number", "tracking_number"},
    {"awb", "tracking_number"},
    {"shipmentnumber", "tracking_number"},
    {"parcelnumber", "tracking_number"},
    {"carrier", "carrier_code"},
    {"courier", "carrier_code"},
    {"couriercode", "carrier_code"},
    {"trackingcompany", "carrier_code"},
    {"shippingcompany", "carrier_code"},
    {"shippingcarrier", "carrier_code"},
    {"order", "order_id"},
    {"orderno", "order_id"},
    {"ordernumber", "order_number"},
    {"orderref", "order_id"},
    {"orderdate", "order_time"},
    {"ordercreatetime", "order_time"},
    {"orderedat", "order_time"},
    {"product", "title"},
    {"productname", "title"},
    {"item", "title"},
    {"customer", "customer_name"},
    {"name", "customer_name"},
    {"recipient", "customer_name"},
    {"shippingname", "customer_name"},
    {"buyername", "customer_name"},
    {"email", "customer_email"},
    {"buyeremail", "customer_email"},
    {"phone", "customer_phone"},
    {"shippingphone", "customer_phone"},
    {"country", "destination_code"},
    {"destination", "destination_code"},
    {"shippingcountry", "destination_code"},
    {"destinationcountrycode", "destination_code"},
    {"note", "comment"},
    {"notes", "comment"},
    {"zip", "recipient_postcode"},
    {"postcode", "recipient_postcode"},
    {"shippingzip", "recipient_postcode"},
    {"created", "created_at"},
    {"date", "created_at"},
    {"lang", "language"},
});

std::string letters_of(std::string_view heading) {
  std::string letters;
  for (const char c : heading) {
    if (ascii::is_alphanumeric(c)) letters.push_back(ascii::lower(c));
  }
  return letters;
}

}  // namespace

std::span<const TrackingColumn> tracking_columns() { return kTrackingColumns; }

const TrackingColumn* tracking_column(std::string_view heading) {
  const auto named = [](std::string_view letters) {
    return std::find_if(kTrackingColumns.begin(), kTrackingColumns.end(),
                        [&](const TrackingColumn& column) { return letters_of(column.name) == letters; });
  };
  const std::string letters = letters_of(heading);
  if (const auto own = named(letters); own != kTrackingColumns.end()) return &*own;
  const auto other = std::find_if(kOtherHeadings.begin(), kOtherHeadings.end(),
                                  [&](const auto& heading_of) { return heading_of.first == letters; });
  return other == kOtherHeadings.end() ? nullptr : &*named(letters_of(other->second));
}

}  // namespace parcelwake::api
