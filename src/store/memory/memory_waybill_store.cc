#include "store/memory/memory_waybill_store.h"

#include <algorithm>

namespace parcelwake::store {

using ports::StoredWaybill;
using ports::StoreError;

Result<std::vector<std::optional<StoredWaybill>>, StoreError> MemoryWaybillStore::load(
    std::span<const domain::AirWaybill> numbers) {
  std::vector<std::optional<StoredWaybill>> loaded;
  for (const domain::AirWaybill& number : numbers) {
    const auto found = rows_.find(number);
    loaded.push_back(found == rows_.end() ? std::nullopt : std::optional(found->second));
  }
  return loaded;
}

Result<void, StoreError> MemoryWaybillStore::save(std::span<const StoredWaybill> waybills) {
  if (!before_) return fail(StoreError::Broken);
  for (const StoredWaybill& waybill : waybills) rows_[waybill.number] = waybill;
  return {};
}

Result<void, StoreError> MemoryWaybillStore::forget(Timestamp asked_before, std::size_t most) {
  if (!before_) return fail(StoreError::Broken);
  const auto older = [](const auto& a, const auto& b) { return a.second.asked_at < b.second.asked_at; };
  for (std::size_t i = 0; i < most; ++i) {
    const auto oldest = std::min_element(rows_.begin(), rows_.end(), older);
    if (oldest == rows_.end() || oldest->second.asked_at >= asked_before) break;
    rows_.erase(oldest);
  }
  return {};
}

void MemoryWaybillStore::rollback() {
  if (before_) rows_ = *std::move(before_);
  before_.reset();
}

}  // namespace parcelwake::store
