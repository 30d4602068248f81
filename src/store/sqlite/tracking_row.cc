#include "store/sqlite/tracking_row.h"

#include <fmt/format.h>

#include <cstring>

#include "base/observe/log.h"
#include "store/codec/tracking_codec.h"

namespace parcelwake::store {

using domain::Tracking;
using ports::StoredTracking;

std::string select_tracking(std::string_view rest) {
  return fmt::format(
      "SELECT id, account, number, carrier, created_at, updated_at, order_at, archived, deleted, order_id, body, seq "
      "FROM tracking {}",
      rest);
}

bool read_tracking_row(const Query& query, StoredTracking& stored) {
  return read_tracking_row(query, stored.tracking, stored.deleted);
}

bool read_tracking_row(const Query& query, Tracking& tracking, bool& deleted) {
  std::array<std::uint8_t, 16> id{};
  const std::string_view id_bytes = query.blob(0);
  if (id_bytes.size() != id.size()) return false;
  std::memcpy(id.data(), id_bytes.data(), id.size());
  tracking.id = domain::TrackingId::from_bytes(id);
  tracking.account.value = query.integer(1);
  tracking.number = domain::TrackingNumber::trusted(std::string(query.text(2)));
  tracking.carrier = domain::CarrierCode::trusted(std::string(query.text(3)));
  tracking.created_at = query.time(4);
  tracking.updated_at = query.time(5);
  tracking.details.order_time = query.optional_time(6);
  tracking.archived = query.integer(7) != 0;
  deleted = query.integer(8) != 0;
  tracking.details.order_id.assign(query.text(9));
  return deleted || read_tracking_body(query.blob(10), tracking);
}

Result<void, ports::StoreError> take_tracking_row(const Query& query, Tracking& tracking, bool& deleted) {
  if (read_tracking_row(query, tracking, deleted)) return {};
  log::error("sqlite", "a tracking's row cannot be read");
  return fail(ports::StoreError::Broken);
}

Result<void, ports::StoreError> read_listed_row(const Query& query, Tracking& tracking) {
  bool deleted = false;
  return take_tracking_row(query, tracking, deleted);
}

ports::RowState read_row_state(const Query& query) {
  return {.row = query.integer(11), .created_at = query.time(4), .updated_at = query.time(5)};
}

ports::Schedule read_schedule(const Query& query) {
  return {.due_at = query.time(0),
          .failures = static_cast<unsigned>(query.integer(1)),
          .last_asked = query.optional_time(2),
          .waiting = query.integer(3) != 0};
}

void bind_tracking_key(Query& query, const Tracking& tracking, std::string_view folded_number) {
  query.bind_blob(tracking.id.bytes())
      .bind(std::int64_t{domain::bucket_of(tracking.account, folded_number)})
      .bind(tracking.account.value)
      .bind(folded_number)
      .bind(std::string_view(tracking.carrier.text()));
}

void bind_tracking_state(Query& query, const StoredTracking& stored, std::string& body) {
  const Tracking& tracking = stored.tracking;
  query.bind(tracking.created_at).bind(tracking.updated_at);
  if (stored.deleted) {
    query.bind_null().bind(0).bind(0).bind(1).bind_null().bind_blob(std::string_view{}).bind(0);
    return;
  }
  query.bind(tracking.details.order_time).bind(static_cast<std::int64_t>(tracking.status())).bind(tracking.archived);
  query.bind(0);
  if (tracking.details.order_id.empty()) {
    query.bind_null();
  } else {
    query.bind(std::string_view(tracking.details.order_id));
  }
  body.clear();
  append_tracking_body(tracking, body);
  query.bind_blob(std::string_view(body)).bind(tracking.announced());
}

}  // namespace parcelwake::store
