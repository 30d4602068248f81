#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/common/fields.h"
#include "api/common/meta.h"
#include "api/common/target.h"
#include "app/trackings/change_carriers.h"
#include "app/trackings/register_trackings.h"
#include "app/trackings/update_trackings.h"
#include "base/result.h"
#include "base/time.h"
#include "ports/carrier_catalogue.h"
#include "ports/tracking_store.h"
#include "wire/json/rows_reader.h"

namespace parcelwake::api {

// The body of a v1 or v2 request. What it is, is told by its bytes; Content-Type is not looked at. A form and an empty
// body are objects without members, so that the fields they lack are what the client is told about.
Result<wire::json::Rows, Meta> read_object_body(std::string_view body);
Result<wire::json::Rows, Meta> read_array_body(std::string_view body);

// Whose request it is and what a field's text is read by.
struct FieldContext {
  domain::AccountId account;
  UtcOffset time_zone;
  const ports::CarrierCatalogue& catalogue;
  domain::Allowance allowance{};  // the account's
};

// The fields of create, batch and realtime. Views point into the row.
Result<app::RegisterRequest, Meta> read_registration(const wire::json::Row& row, const FieldContext& context);

// The code of a carrier in the catalogue, in any case; nothing for anything else.
std::optional<domain::CarrierCode> known_carrier(std::string_view text, const FieldContext& context);

// The pair that names a tracking, from texts or from a row's "tracking_number" and "carrier_code". The carrier is
// checked first.
Result<ports::TrackingKey, Meta> read_key(std::string_view carrier, std::string_view number,
                                          const FieldContext& context);
Result<ports::TrackingKey, Meta> read_key(const wire::json::Row& row, const FieldContext& context);

// The fields of a change of carrier.
Result<app::ChangeCarrierCommand, Meta> read_change_carrier(const wire::json::Row& row, const FieldContext& context);

// The fields of PUT.
Result<app::UpdateCommand, Meta> read_update(const wire::json::Row& row, ports::TrackingKey key,
                                             const FieldContext& context);

struct ListRequest {
  ports::ListFilter filter;
  std::int64_t page = 1;
  std::int64_t limit = 100;
};

// The filters of a list: the query's, then the body's where the query is silent.
Result<ListRequest, Meta> read_list(const Target& target, const wire::json::Row* body, const FieldContext& context);

// The bounds of getstatusnumber, merged likewise.
Result<ports::CountFilter, Meta> read_count(const Target& target, const wire::json::Row* body,
                                            const FieldContext& context);

// "2017/8/26 16:48", "2017-08-26 16:48:00", "2017-08-26" by a clock at `zone`, or unix seconds; nothing for anything
// else.
std::optional<Timestamp> parse_order_time(std::string_view text, UtcOffset zone);

// Two letters, lower case; empty for anything else.
std::string language_of(std::string_view text);

}  // namespace parcelwake::api
