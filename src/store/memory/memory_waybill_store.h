#pragma once

#include <map>
#include <optional>

#include "ports/waybill_store.h"

namespace parcelwake::store {

// Waybills in memory. Its transactions are those of the MemoryTrackingStore that it is a part of.
class MemoryWaybillStore final : public ports::WaybillStore {
 public:
  Result<std::vector<std::optional<ports::StoredWaybill>>, ports::StoreError> load(
      std::span<const domain::AirWaybill> numbers) override;
  Result<void, ports::StoreError> save(std::span<const ports::StoredWaybill> waybills) override;
  Result<void, ports::StoreError> forget(Timestamp asked_before, std::size_t most) override;

  void begin() { before_ = rows_; }
  void commit() { before_.reset(); }
  void rollback();

 private:
  using Rows = std::map<domain::AirWaybill, ports::StoredWaybill>;

  Rows rows_;
  std::optional<Rows> before_;  // how things stood when the transaction began
};

}  // namespace parcelwake::store
