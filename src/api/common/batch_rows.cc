#include "api/common/batch_rows.h"

#include "api/common/request_json.h"

namespace parcelwake::api {

std::string text_or_empty(const wire::json::Row& row, std::string_view key) {
  const auto text = text_field(row, key);
  return text ? std::string(*text) : std::string{};
}

void write_error_row(wire::json::Writer& writer, const BatchRow& row, Meta meta, const Dialect& dialect) {
  writer.begin_object().field("tracking_number", row.number).field("carrier_code", row.carrier);
  writer.field("code", static_cast<int>(meta)).field("message", message_in(dialect, meta, {})).end_object();
}

}  // namespace parcelwake::api
