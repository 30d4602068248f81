#include "store/sqlite/sqlite_waybill_store.h"

#include "base/observe/log.h"
#include "store/codec/waybill_codec.h"

namespace parcelwake::store {

using ports::StoredWaybill;
using ports::StoreError;

namespace {

// "172-00000033" as 17200000033.
std::int64_t key_of(const domain::AirWaybill& number) {
  std::int64_t key = 0;
  for (const char c : number.text()) {
    if (c != '-') key = key * 10 + (c - '0');
  }
  return key;
}

bool read_row(Query& query, StoredWaybill& waybill) {
  waybill.first_asked_at = query.time(0);
  waybill.asked_at = query.time(1);
  waybill.fresh_until = query.time(2);
  const std::string_view body = query.blob(3);
  return body.empty() || read_air_shipment(body, waybill.shipment.emplace());
}

}  // namespace

SqliteWaybillStore::SqliteWaybillStore(SqliteDatabase& database)
    : database_(database),
      load_(database, "SELECT first_asked_at, asked_at, fresh_until, body FROM waybill WHERE number = ?"),
      save_(
          database,
          "INSERT INTO waybill (number, first_asked_at, asked_at, fresh_until, body) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (number) DO UPDATE SET first_asked_at = excluded.first_asked_at, asked_at = excluded.asked_at, "
          "fresh_until = excluded.fresh_until, body = excluded.body"),
      forget_(database,
              "DELETE FROM waybill WHERE number IN (SELECT number FROM waybill WHERE asked_at < ? "
              "ORDER BY asked_at LIMIT ?)") {}

bool SqliteWaybillStore::in_transaction() const { return sqlite3_get_autocommit(database_.handle()) == 0; }

Result<std::vector<std::optional<StoredWaybill>>, StoreError> SqliteWaybillStore::load(
    std::span<const domain::AirWaybill> numbers) {
  std::vector<std::optional<StoredWaybill>> loaded;
  loaded.reserve(numbers.size());
  for (const domain::AirWaybill& number : numbers) {
    Query query(load_);
    const auto row = query.bind(key_of(number)).next();
    if (!row) return fail(row.error());
    auto& waybill = loaded.emplace_back();
    if (!*row) continue;
    waybill.emplace().number = number;
    if (read_row(query, *waybill)) continue;
    // The airline knows it better: it is asked again, and the row replaced.
    log::error("sqlite", "the row of the waybill {} cannot be read", number.text());
    waybill.reset();
  }
  return loaded;
}

Result<void, StoreError> SqliteWaybillStore::save(std::span<const StoredWaybill> waybills) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const StoredWaybill& waybill : waybills) {
    body_.clear();
    if (waybill.shipment) append_air_shipment(*waybill.shipment, body_);
    Query query(save_);
    const auto saved = query.bind(key_of(waybill.number))
                           .bind(waybill.first_asked_at)
                           .bind(waybill.asked_at)
                           .bind(waybill.fresh_until)
                           .bind_blob(std::string_view(body_))
                           .run();
    if (!saved) return saved;
  }
  return {};
}

Result<void, StoreError> SqliteWaybillStore::forget(Timestamp asked_before, std::size_t most) {
  if (!in_transaction()) return fail(StoreError::Broken);
  return Query(forget_).bind(asked_before).bind(static_cast<std::int64_t>(most)).run();
}

}  // namespace parcelwake::store
