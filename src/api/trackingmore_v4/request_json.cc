#include "api/trackingmore_v4/request_json.h"

#include <algorithm>

#include "api/trackingmore_v4/moment.h"
#include "api/trackingmore_v4/status_names.h"
#include "base/ascii.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using wire::json::Row;

constexpr std::int64_t kLargestPage = 2000;
constexpr std::size_t kMostListed = 40;  // numbers in one filter

// What cannot be taken for a text alone; the first that cannot be understood fails them all.
class TypedFields {
 public:
  TypedFields(const Row& row, const FieldContext& context) : texts_(row), context_(context) {}

  FieldReader& texts() { return texts_; }
  // A country by alpha-2 code or name; empty when not given.
  std::string country(std::string_view key) {
    const std::string_view text = texts_.text(key);
    if (text.empty()) return {};
    const std::string_view code = context_.catalogue.country_code(text);
    failed_ |= code.empty();
    return std::string(code);
  }
  std::optional<Timestamp> moment(std::string_view key) {
    const std::string_view text = texts_.text(key);
    if (text.empty()) return std::nullopt;
    if (const auto moment = parse_moment(text, context_.time_zone)) return moment->begin;
    const auto written_as_in_v2 = parse_order_time(text, context_.time_zone);
    failed_ |= !written_as_in_v2;
    return written_as_in_v2;
  }
  std::optional<bool> truth(std::string_view key) {
    const std::string_view text = texts_.text(key);
    const auto truth = parse_truth(text);
    failed_ |= !truth && !text.empty();
    return truth;
  }
  bool failed() const { return failed_ || texts_.failed(); }

 private:
  FieldReader texts_;
  const FieldContext& context_;
  bool failed_ = false;
};

std::optional<std::string> given(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// A country that only some carriers ask for still says where the parcel goes, where it is one.
std::string country_or(std::string code, const std::string& told, const FieldContext& context) {
  if (!code.empty() || told.empty()) return code;
  return std::string(context.catalogue.country_code(told));
}

class Query {
 public:
  Query(const Target& target, UtcOffset zone) : target_(target), zone_(zone) {}

  std::string_view text(std::string_view name) const { return ascii::trimmed(target_.parameter(name).value_or("")); }
  std::optional<Timestamp> from(std::string_view name) {
    const auto moment = moment_of(name);
    return moment ? std::optional(moment->begin) : std::nullopt;
  }
  std::optional<Timestamp> to(std::string_view name) {
    const auto moment = moment_of(name);
    return moment ? std::optional(moment->last()) : std::nullopt;
  }
  // Under either of its names; below 1 counts as not given.
  std::int64_t count(std::string_view name, std::string_view alias, std::int64_t fallback) {
    const std::string_view value = text(name).empty() ? text(alias) : text(name);
    if (value.empty()) return fallback;
    const auto number = parse_integer(value);
    failed_ |= !number;
    return number && *number >= 1 ? *number : fallback;
  }
  std::optional<bool> truth(std::string_view name) {
    const auto truth = parse_truth(text(name));
    failed_ |= !truth && !text(name).empty();
    return truth;
  }
  bool failed() const { return failed_; }

 private:
  std::optional<Moment> moment_of(std::string_view name) {
    if (text(name).empty()) return std::nullopt;
    const auto moment = parse_moment(text(name), zone_);
    failed_ |= !moment;
    return moment;
  }

  const Target& target_;
  UtcOffset zone_;
  bool failed_ = false;
};

}  // namespace

Result<app::RegisterRequest, Code> read_registration(const Row& row, const FieldContext& context) {
  TypedFields typed(row, context);
  FieldReader& fields = typed.texts();
  app::RegisterRequest request;
  request.account = context.account;
  request.allowance = context.allowance;
  request.number = fields.text("tracking_number");
  request.carrier = ascii::trimmed(fields.text("courier_code"));
  domain::Details& details = request.details;
  details.title = fields.text("title");
  details.customer_name = fields.text("customer_name");
  details.customer_email = fields.text("customer_email");
  details.order_id = fields.text("order_id");
  details.comment = fields.text("note");
  details.logistics_channel = fields.text("logistics_channel");
  details.language = language_of(fields.text("language"));
  details.ship_date = fields.text("tracking_ship_date");
  details.postal_code = fields.text("tracking_postal_code");
  details.account_number = fields.text("tracking_courier_account");
  details.order_number = fields.text("order_number");
  details.customer_sms = fields.text("customer_sms");
  details.recipient_postcode = fields.text("recipient_postcode");
  details.label = fields.text("label");
  details.tracking_key = fields.text("tracking_key");
  details.origin_told = fields.text("tracking_origin_country");
  details.destination_told = fields.text("tracking_destination_country");
  details.origin_code = country_or(typed.country("origin_country_iso2"), details.origin_told, context);
  details.destination_code = country_or(typed.country("destination_country_iso2"), details.destination_told, context);
  details.order_time = typed.moment("order_date");
  // A field by its name in v2 is a field that v4 does not have; this one would be missed.
  const bool named_as_in_v2 = request.carrier.empty() && row.find("carrier_code") != nullptr;
  if (typed.failed() || named_as_in_v2) return fail(Code::FieldInvalid);
  return request;
}

Result<UpdateRequest, Code> read_update(const Row& row, const FieldContext& context) {
  TypedFields typed(row, context);
  FieldReader& fields = typed.texts();
  UpdateRequest request;
  app::DetailsPatch& details = request.details;
  details.title = fields.given("title");
  details.customer_name = fields.given("customer_name");
  details.customer_email = fields.given("customer_email");
  details.order_id = fields.given("order_id");
  details.comment = fields.given("note");
  details.logistics_channel = fields.given("logistics_channel");
  details.language = given(language_of(fields.text("language")));
  details.ship_date = fields.given("tracking_ship_date");
  details.postal_code = fields.given("tracking_postal_code");
  details.account_number = fields.given("tracking_courier_account");
  details.order_number = fields.given("order_number");
  details.customer_sms = fields.given("customer_sms");
  details.recipient_postcode = fields.given("recipient_postcode");
  details.label = fields.given("label");
  details.tracking_key = fields.given("tracking_key");
  details.origin_told = fields.given("tracking_origin_country");
  details.destination_told = fields.given("tracking_destination_country");
  details.origin_code = given(typed.country("origin_country_iso2"));
  details.destination_code = given(typed.country("destination_country_iso2"));
  details.order_time = typed.moment("order_date");
  request.archived = typed.truth("archived_status");
  const std::string_view new_carrier = ascii::trimmed(fields.text("courier_code_new"));
  if (typed.failed()) return fail(Code::FieldInvalid);
  if (!new_carrier.empty()) {
    const auto carrier = known_carrier(new_carrier, context);
    if (!carrier) return fail(Code::CourierInvalid);
    request.new_carrier = *carrier;
  }
  return request;
}

Result<ListRequest, Code> read_list(const Target& target, const FieldContext& context) {
  Query query(target, context.time_zone);
  ListRequest request;
  ports::ListFilter& filter = request.filter;
  filter.account = context.account;
  // Two public descriptions name the page differently.
  request.page = query.count("pages_amount", "page", 1);
  request.limit = std::min(query.count("items_amount", "limit", 100), kLargestPage);
  filter.created_min = query.from("created_date_min");
  filter.created_max = query.to("created_date_max");
  filter.updated_min = query.from("updated_date_min");
  filter.updated_max = query.to("updated_date_max");
  filter.archived = query.truth("archived_status");
  for (const std::string& number : split_list(query.text("tracking_numbers"))) {
    filter.folded_numbers.push_back(ascii::to_upper(number));
  }
  if (const auto status = query.text("delivery_status"); !status.empty()) {
    const auto wanted = parse_delivery_status(ascii::to_lower(status));
    if (!wanted) return fail(Code::FieldInvalid);
    filter.status = wanted->status;
    filter.announced = wanted->announced;
  }
  if (query.failed()) return fail(Code::FieldInvalid);
  if (const auto carrier = query.text("courier_code"); !carrier.empty()) {
    const auto code = known_carrier(carrier, context);
    if (!code) return fail(Code::CourierInvalid);
    filter.carrier = *code;
  }
  if (filter.folded_numbers.size() > kMostListed) return fail(Code::TooManyRows);
  return request;
}

}  // namespace parcelwake::api::trackingmore_v4
