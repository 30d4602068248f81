#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/waybill/air_shipment.h"
#include "domain/waybill/air_waybill.h"
#include "ports/store_error.h"

namespace parcelwake::ports {

// What an airline said of a waybill when it was last asked. The same for every account: it is the airline's word.
struct StoredWaybill {
  domain::AirWaybill number;
  Timestamp first_asked_at{};
  Timestamp asked_at{};
  Timestamp fresh_until{};                      // until then it is not asked again
  std::optional<domain::AirShipment> shipment;  // nothing: the airline did not know the waybill

  bool operator==(const StoredWaybill&) const = default;
};

class WaybillReader {
 public:
  virtual ~WaybillReader() = default;

  // One entry a number, in their order.
  virtual Result<std::vector<std::optional<StoredWaybill>>, StoreError> load(
      std::span<const domain::AirWaybill> numbers) = 0;
};

// Writes, within a transaction of the TrackingStore it belongs to.
class WaybillStore : public WaybillReader {
 public:
  // Each takes the place of what was kept of its number.
  virtual Result<void, StoreError> save(std::span<const StoredWaybill> waybills) = 0;

  // Drops what was last asked before that moment, the oldest first and at most so many.
  virtual Result<void, StoreError> forget(Timestamp asked_before, std::size_t most) = 0;
};

}  // namespace parcelwake::ports
