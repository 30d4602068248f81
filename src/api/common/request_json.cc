#include "api/common/request_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using wire::json::Row;
using wire::json::Rows;

constexpr std::int64_t kLargestPage = 2000;
constexpr std::size_t kMostListed = 40;  // numbers or orders in one filter

// What a form or an empty body is: an object that lacks every field.
Rows object_without_members() { return *wire::json::read_rows("{}"); }

// Codes: PUT page of Trackru.
std::optional<app::ManualStatus> parse_manual_status(std::string_view text) {
  if (text == "4") return app::ManualStatus::Delivered;
  if (text == "7") return app::ManualStatus::Exception;
  if (text == "8") return app::ManualStatus::Automatic;
  return std::nullopt;
}

// A list's filters by name, wherever they stand.
class ListFields {
 public:
  ListFields(const Target& target, const Row* body) : target_(target), body_(body) {}

  std::string_view text(std::string_view key) {
    if (const auto value = target_.parameter(key)) return *value;
    if (body_ == nullptr) return {};
    const auto field = text_field(*body_, key);
    if (field) return *field;
    failed_ = true;
    return {};
  }
  std::optional<Timestamp> moment(std::string_view key) {
    const std::string_view value = text(key);
    if (value.empty()) return std::nullopt;
    const auto seconds = parse_integer(value);
    constexpr std::int64_t kYear9999 = 253402300799;
    if (!seconds) failed_ = true;
    return seconds ? std::optional(from_unix_seconds(std::clamp<std::int64_t>(*seconds, 0, kYear9999))) : std::nullopt;
  }
  // Bounds are whole seconds, moments milliseconds: an upper bound means the whole of its second.
  std::optional<Timestamp> moment_end(std::string_view key) {
    auto end = moment(key);
    if (end) *end += std::chrono::milliseconds{999};
    return end;
  }
  std::int64_t count(std::string_view key, std::int64_t fallback) {
    const auto value = parse_integer(text(key));
    return value && *value >= 1 ? *value : fallback;
  }
  bool failed() const { return failed_; }

 private:
  const Target& target_;
  const Row* body_;
  bool failed_ = false;
};

std::string country_of(std::string_view text, const FieldContext& context) {
  return text.empty() ? std::string{} : std::string(context.catalogue.country_code(text));
}

Result<Rows, Meta> read_body(std::string_view body) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  auto rows = wire::json::read_rows(body);
  if (rows) return *std::move(rows);
  if (ascii::trimmed(body).empty() || looks_like_form(body)) return object_without_members();
  return fail(Meta::NotUnderstood);
}

}  // namespace

std::optional<domain::CarrierCode> known_carrier(std::string_view text, const FieldContext& context) {
  auto code = domain::CarrierCode::parse(text);
  return code && context.catalogue.find(*code) != nullptr ? code : std::nullopt;
}

Result<Rows, Meta> read_object_body(std::string_view body) {
  auto rows = read_body(body);
  if (rows && rows->shape() != Rows::Shape::Object) return fail(Meta::NotUnderstood);
  return rows;
}

Result<Rows, Meta> read_array_body(std::string_view body) {
  auto rows = read_body(body);
  if (rows && (rows->shape() != Rows::Shape::Array || rows->rows().empty())) return fail(Meta::NotUnderstood);
  return rows;
}

Result<app::RegisterRequest, Meta> read_registration(const Row& row, const FieldContext& context) {
  FieldReader fields(row);
  app::RegisterRequest request;
  request.account = context.account;
  request.allowance = context.allowance;
  request.number = fields.text("tracking_number");
  request.carrier = ascii::trimmed(fields.text("carrier_code"));
  domain::Details& details = request.details;
  details.title = fields.text("title");
  details.customer_name = fields.text("customer_name");
  details.customer_email = fields.text("customer_email");
  details.customer_phone = fields.text("customer_phone");
  details.order_id = fields.first_of("order_id", "order");  // realtime calls it "order"
  details.comment = fields.text("comment");
  details.logistics_channel = fields.text("logistics_channel");
  details.language = language_of(fields.text("lang"));
  std::string_view country = fields.text("destination_code");
  if (country.empty()) country = fields.first_of("tracking_destination_country", "specialNumberDestination");
  details.destination_code = country_of(country, context);
  details.ship_date = fields.text("tracking_ship_date");
  details.postal_code = fields.text("tracking_postal_code");
  details.account_number = fields.text("tracking_account_number");
  details.order_time = parse_order_time(fields.text("order_create_time"), context.time_zone);
  if (fields.failed()) return fail(Meta::NotUnderstood);
  return request;
}

Result<ports::TrackingKey, Meta> read_key(std::string_view carrier, std::string_view number,
                                          const FieldContext& context) {
  const auto code = known_carrier(carrier, context);
  if (!code) return fail(Meta::CarrierInvalid);
  const auto parsed = domain::TrackingNumber::parse(number);
  if (!parsed) {
    return fail(parsed.error() == domain::NumberError::Missing ? Meta::NumberRequired : Meta::NumberInvalid);
  }
  return ports::TrackingKey{.account = context.account, .folded_number = parsed->folded(), .carrier = *code};
}

Result<ports::TrackingKey, Meta> read_key(const Row& row, const FieldContext& context) {
  FieldReader fields(row);
  const std::string_view carrier = fields.text("carrier_code");
  const std::string_view number = fields.text("tracking_number");
  if (fields.failed()) return fail(Meta::NotUnderstood);
  return read_key(carrier, number, context);
}

Result<app::ChangeCarrierCommand, Meta> read_change_carrier(const Row& row, const FieldContext& context) {
  auto key = read_key(row, context);
  if (!key) return fail(key.error());
  const auto text = text_field(row, "update_carrier_code");
  if (!text) return fail(text.error());
  const auto carrier = known_carrier(*text, context);
  if (!carrier) return fail(Meta::CarrierInvalid);
  return app::ChangeCarrierCommand{.key = *std::move(key), .carrier = *carrier};
}

Result<app::UpdateCommand, Meta> read_update(const Row& row, ports::TrackingKey key, const FieldContext& context) {
  FieldReader fields(row);
  app::UpdateCommand command;
  command.key = std::move(key);
  command.details.title = fields.given("title");
  command.details.customer_name = fields.given("customer_name");
  command.details.customer_email = fields.given("customer_email");
  command.details.customer_phone = fields.given("customer_phone");
  command.details.order_id = fields.given("order_id");
  command.details.comment = fields.given("comment");
  command.details.logistics_channel = fields.given("logistics_channel");
  if (const auto country = country_of(fields.text("destination_code"), context); !country.empty()) {
    command.details.destination_code = country;
  }
  const std::string_view archived = fields.text("archived");
  const std::string_view status = ascii::trimmed(fields.text("status"));
  if (!archived.empty()) command.archived = parse_truth(archived);
  if (fields.failed() || (!archived.empty() && !command.archived)) return fail(Meta::NotUnderstood);
  if (!status.empty()) {
    command.status = parse_manual_status(status);
    if (!command.status) return fail(Meta::StatusInvalid);
  }
  return command;
}

Result<ListRequest, Meta> read_list(const Target& target, const Row* body, const FieldContext& context) {
  ListFields fields(target, body);
  ListRequest request;
  ports::ListFilter& filter = request.filter;
  filter.account = context.account;
  request.page = fields.count("page", 1);
  request.limit = std::min(fields.count("limit", 100), kLargestPage);
  filter.created_min = fields.moment("created_at_min");
  filter.created_max = fields.moment_end("created_at_max");
  filter.updated_min = fields.moment("update_time_min");
  filter.updated_max = fields.moment_end("update_time_max");
  filter.ordered_min = fields.moment("order_created_time_min");
  filter.ordered_max = fields.moment_end("order_created_time_max");
  filter.archived = parse_truth(fields.text("archived"));
  filter.order_ids = split_list(fields.text("orders"));
  for (const std::string& number : split_list(fields.text("numbers"))) {
    filter.folded_numbers.push_back(ascii::to_upper(number));
  }
  const std::string_view status = ascii::trimmed(fields.text("status"));
  if (fields.failed()) return fail(Meta::NotUnderstood);
  if (!status.empty()) {
    filter.status = domain::parse_status(status);
    if (!filter.status) return fail(Meta::StatusInvalid);
  }
  if (filter.folded_numbers.size() > kMostListed || filter.order_ids.size() > kMostListed) return fail(Meta::OverLimit);
  return request;
}

Result<ports::CountFilter, Meta> read_count(const Target& target, const Row* body, const FieldContext& context) {
  ListFields fields(target, body);
  ports::CountFilter filter;
  filter.account = context.account;
  filter.created_min = fields.moment("created_at_min");
  filter.created_max = fields.moment_end("created_at_max");
  filter.ordered_min = fields.moment("order_created_time_min");
  filter.ordered_max = fields.moment_end("order_created_time_max");
  if (fields.failed()) return fail(Meta::NotUnderstood);
  return filter;
}

std::optional<Timestamp> parse_order_time(std::string_view text, UtcOffset zone) {
  text = ascii::trimmed(text);
  if (text.empty()) return std::nullopt;
  if (const auto seconds = parse_integer(text); seconds && *seconds > 99'999'999 && *seconds < 253402300800) {
    return from_unix_seconds(*seconds);
  }
  // Year, month, day, hour, minute, second: numbers with anything of "/-: T" between them.
  std::array<int, 6> parts{};
  std::size_t found = 0;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at < end && found < parts.size()) {
    if (!ascii::is_digit(*at)) return std::nullopt;
    const auto read = std::from_chars(at, end, parts[found++]);
    if (read.ec != std::errc{}) return std::nullopt;
    at = read.ptr;
    if (at < end && std::string_view("/-: T").find(*at) == std::string_view::npos) return std::nullopt;
    if (at < end) ++at;
  }
  if (at < end || found < 3 || found == 4) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                         std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  const bool sane =
      date.ok() && parts[0] >= 1970 && parts[0] <= 9999 && parts[3] < 24 && parts[4] < 60 && parts[5] < 60;
  if (!sane) return std::nullopt;
  const std::chrono::seconds of_day =
      std::chrono::hours{parts[3]} + std::chrono::minutes{parts[4]} + std::chrono::seconds{parts[5]};
  return to_instant(WallTime{std::chrono::local_days{date}} + of_day, zone);
}

std::string language_of(std::string_view text) {
  text = ascii::trimmed(text);
  if (text.size() != 2 || !ascii::is_letter(text[0]) || !ascii::is_letter(text[1])) return {};
  return ascii::to_lower(text);
}

}  // namespace parcelwake::api
