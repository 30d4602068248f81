#pragma once

#include <chrono>
#include <cstddef>
#include <span>

#include "base/result.h"
#include "ports/waybill_store.h"

namespace parcelwake::app {

// Answers that nobody asked for in this time are forgotten.
inline constexpr std::chrono::hours kWaybillMemory{24 * 90};

// Keeps what airlines said, within the caller's transaction, and forgets a few of the oldest answers.
Result<void, ports::StoreError> keep_waybills(std::span<const ports::StoredWaybill> waybills,
                                              ports::WaybillStore& store, Timestamp now);

}  // namespace parcelwake::app
