#include "api/moving/vendor_list_json.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "api/common/fields.h"
#include "api/common/request_json.h"
#include "api/moving/moment_text.h"
#include "base/ascii.h"
#include "domain/tracking/imported_event.h"
#include "wire/json/rows_reader.h"

namespace parcelwake::api {
namespace {

using domain::Checkpoint;
using domain::Reading;
using domain::Status;
using domain::Substatus;
using wire::json::Row;
using wire::json::Rows;
using wire::json::Scalar;

constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();

struct Reader {
  const Vendor& vendor;
  const ports::CarrierCatalogue& catalogue;
  Timestamp now;
};

// What a member says, be it text, number or truth; empty for null, for an absent one and for anything nested.
std::string_view text(const Row& row, std::string_view key) {
  const Scalar* value = row.find(key);
  if (value == nullptr || value->kind == Scalar::Kind::Null || value->kind == Scalar::Kind::Composite) return {};
  return value->text;
}

std::string copy(const Row& row, std::string_view key) { return std::string(text(row, key)); }

// The objects nested in a member; nothing for anything else.
std::optional<Rows> nested(const Row& row, std::string_view key) {
  const Scalar* value = row.find(key);
  if (value == nullptr || value->kind != Scalar::Kind::Composite) return std::nullopt;
  auto rows = wire::json::read_rows(value->text, kAllRows);
  if (!rows) return std::nullopt;
  return *std::move(rows);
}

// "not found001" stands in the vendors' tables for "notfound001".
std::string without_spaces(std::string_view name) {
  std::string out = ascii::to_lower(name);
  std::erase(out, ' ');
  return out;
}

std::optional<Substatus> substatus_of(std::string_view written, Status status, bool v1_names) {
  const std::string name = without_spaces(written);
  if (v1_names && name == "exception005") return Substatus::Returned;
  const auto substatus = domain::parse_substatus(name);
  if (!substatus || domain::status_of(*substatus) != status) return std::nullopt;
  return substatus;
}

std::optional<Reading> reading_of(std::string_view status_name, std::string_view substatus_name, bool v1_names) {
  const auto status = domain::parse_status(ascii::to_lower(ascii::trimmed(status_name)));
  if (!status) return std::nullopt;
  // A parcel that was under way for too long, in the words of Tracktry and Trackru.
  const std::string substatus = without_spaces(substatus_name);
  const bool aged = substatus == "exception001" || substatus == "exception002" || substatus == "exception003";
  if (*status == Status::Expired || (*status == Status::Exception && aged)) {
    return Reading{Status::Expired, Substatus::Aged};
  }
  return Reading{*status, substatus_of(substatus, *status, v1_names)};
}

domain::EventTime event_time(std::string_view written) {
  const auto clock = read_clock(ascii::trimmed(written));
  return clock ? event_time_of(*clock) : domain::EventTime{};
}

Checkpoint read_event(const Row& row, const Reader& reader) {
  Checkpoint event;
  event.time_raw = copy(row, "Date");
  event.time = event_time(event.time_raw);
  event.description = copy(row, "StatusDescription");
  event.location = copy(row, "Details");
  event.reading = reading_of(text(row, "checkpoint_status"), text(row, "substatus"), reader.vendor.v1_names);
  event.milestone = domain::parse_milestone(text(row, "ItemNode"));
  event.source = std::string(domain::kImportSource) + std::string(reader.vendor.name);
  event.first_seen = reader.now;
  return event;
}

// Oldest first; the vendors list the newest first.
std::vector<Checkpoint> read_events(const Row& leg, const Reader& reader) {
  std::vector<Checkpoint> events;
  const auto rows = nested(leg, "trackinfo");
  if (!rows) return events;
  for (const Row& row : rows->rows()) {
    if (row.is_object) events.push_back(read_event(row, reader));
  }
  std::reverse(events.begin(), events.end());
  domain::number_in_sequence(events);
  return events;
}

void read_legs(const Row& row, const Reader& reader, app::ToldTracking& told) {
  if (const auto origin = nested(row, "origin_info"); origin && origin->shape() == Rows::Shape::Object) {
    const Row& leg = origin->rows().front();
    told.tracking.facts.reference = copy(leg, "ReferenceNumber");
    told.origin_events = read_events(leg, reader);
  }
  if (const auto destination = nested(row, "destination_info");
      destination && destination->shape() == Rows::Shape::Object) {
    const Row& leg = destination->rows().front();
    told.destination_events = read_events(leg, reader);
    if (const auto carrier = domain::CarrierCode::parse(text(leg, "carrier_code"))) {
      told.tracking.destination.carrier = *carrier;
    }
  }
}

// Some of the vendors' samples have the addresses in an array.
std::string first_email(const Row& row) {
  const Scalar* value = row.find("customer_email");
  if (value == nullptr || value->kind != Scalar::Kind::Composite) return copy(row, "customer_email");
  const auto texts = wire::json::read_texts(value->text, 1);
  return texts && !texts->empty() ? texts->front() : std::string();
}

void read_details(const Row& row, const Reader& reader, UtcOffset zone, domain::Tracking& tracking) {
  domain::Details& details = tracking.details;
  details.title = copy(row, "title");
  details.customer_name = copy(row, "customer_name");
  details.customer_email = first_email(row);
  details.customer_phone = copy(row, "customer_phone");
  details.order_id = copy(row, "order_id");
  details.comment = copy(row, "comment");
  details.logistics_channel = copy(row, "logistics_channel");
  details.destination_code = reader.catalogue.country_code(text(row, "destination_code"));
  details.order_time = parse_order_time(text(row, "order_create_time"), zone);
  domain::ShipmentFacts& facts = tracking.facts;
  facts.origin_country = reader.catalogue.country_code(text(row, "original_country"));
  facts.destination_country = reader.catalogue.country_code(text(row, "destination_country"));
  if (facts.destination_country == details.destination_code) facts.destination_country.clear();
  facts.signed_by = copy(row, "singed_by");
  facts.service = copy(row, "service_code");
  facts.weight = copy(row, "weight");
}

VendorRow read_row(const Row& row, const Reader& reader) {
  VendorRow read;
  app::ToldTracking& told = read.told;
  told.number = copy(row, "tracking_number");
  told.carrier = copy(row, "carrier_code");
  told.id = copy(row, "id");
  const auto created = read_clock(ascii::trimmed(text(row, "created_at")));
  // The vendors show moments by the clock of the account's zone.
  const UtcOffset zone = created && created->offset ? *created->offset : UtcOffset{};
  if (created) read.created_at = created->instant(zone);
  told.tracking.created_at = read.created_at.value_or(reader.now);
  const auto updated = read_clock(ascii::trimmed(text(row, "updated_at")));
  told.tracking.updated_at = updated ? updated->instant(zone) : told.tracking.created_at;
  told.tracking.archived = parse_truth(text(row, "archived")).value_or(false);
  told.asked = parse_truth(text(row, "track_update"));
  told.standing = reading_of(text(row, "status"), text(row, "substatus"), reader.vendor.v1_names);
  read_details(row, reader, zone, told.tracking);
  read_legs(row, reader, told);
  const auto in_transit = parse_integer(text(row, "itemTimeLength"));
  const auto since_newest = parse_integer(text(row, "stayTimeLength"));
  if (in_transit && since_newest) told.days = {.in_transit = *in_transit, .since_newest = *since_newest};
  return read;
}

constexpr std::int64_t kNothingThere = 4031;

PageFailure failure_of(std::int64_t code, std::string_view message) {
  PageFailure failure;
  failure.detail = "it answers " + std::to_string(code) + (message.empty() ? "" : ": " + std::string(message));
  failure.error = code == 429 || code == 202  ? PageError::Throttled
                  : code >= 500 && code < 600 ? PageError::Failed
                                              : PageError::Refused;
  return failure;
}

PageFailure unreadable(std::string detail) { return {.error = PageError::Unreadable, .detail = std::move(detail)}; }

}  // namespace

Result<std::vector<VendorRow>, PageFailure> read_vendor_page(std::string_view body, const Vendor& vendor,
                                                             const ports::CarrierCatalogue& catalogue, Timestamp now) {
  const auto answer = wire::json::read_rows(body);
  if (!answer || answer->shape() != Rows::Shape::Object) return fail(unreadable("its answer is no JSON object"));
  const Row& envelope = answer->rows().front();
  const auto meta = nested(envelope, "meta");
  const auto code =
      meta && meta->shape() == Rows::Shape::Object ? parse_integer(text(meta->rows().front(), "code")) : std::nullopt;
  if (!code) return fail(unreadable("its answer has no code"));
  if (*code == kNothingThere) return std::vector<VendorRow>();
  if (*code != 200) return fail(failure_of(*code, text(meta->rows().front(), "message")));
  const auto data = nested(envelope, "data");
  if (data && data->shape() == Rows::Shape::Array && data->rows().empty()) return std::vector<VendorRow>();
  if (!data || data->shape() != Rows::Shape::Object) return fail(unreadable("its answer has no data"));
  const auto items = nested(data->rows().front(), "items");
  if (!items || items->shape() != Rows::Shape::Array) return fail(unreadable("its answer has no items"));
  const Reader reader{.vendor = vendor, .catalogue = catalogue, .now = now};
  std::vector<VendorRow> rows;
  rows.reserve(items->rows().size());
  for (const Row& row : items->rows()) rows.push_back(read_row(row, reader));
  return rows;
}

}  // namespace parcelwake::api
