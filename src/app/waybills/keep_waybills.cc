#include "app/waybills/keep_waybills.h"

namespace parcelwake::app {
namespace {

// A few more than come in, so that the oldest never gather.
constexpr std::size_t kForgottenBeyondKept = 10;

}  // namespace

Result<void, ports::StoreError> keep_waybills(std::span<const ports::StoredWaybill> waybills,
                                              ports::WaybillStore& store, Timestamp now) {
  if (const auto saved = store.save(waybills); !saved) return saved;
  return store.forget(now - kWaybillMemory, waybills.size() + kForgottenBeyondKept);
}

}  // namespace parcelwake::app
