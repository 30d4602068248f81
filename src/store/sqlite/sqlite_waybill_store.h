#pragma once

#include <string>

#include "ports/waybill_store.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Waybills over the connection of the store or reader that it is a part of, within whose transactions it writes.
class SqliteWaybillStore final : public ports::WaybillStore {
 public:
  explicit SqliteWaybillStore(SqliteDatabase& database);

  Result<std::vector<std::optional<ports::StoredWaybill>>, ports::StoreError> load(
      std::span<const domain::AirWaybill> numbers) override;
  Result<void, ports::StoreError> save(std::span<const ports::StoredWaybill> waybills) override;
  Result<void, ports::StoreError> forget(Timestamp asked_before, std::size_t most) override;

 private:
  bool in_transaction() const;

  SqliteDatabase& database_;
  Statement load_;
  Statement save_;
  Statement forget_;
  std::string body_;  // kept for its room
};

}  // namespace parcelwake::store
