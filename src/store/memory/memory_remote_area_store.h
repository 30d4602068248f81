#pragma once

#include <map>

#include "ports/remote_area_store.h"

namespace parcelwake::store {

// Lists of remote areas in memory: every range is looked at for every place.
class MemoryRemoteAreaStore final : public ports::RemoteAreaStore {
 public:
  Result<std::vector<std::vector<domain::CarrierCode>>, ports::StoreError> remote_carriers(
      std::span<const ports::PlaceKeys> places) override;
  Result<std::vector<ports::RemoteAreaSummary>, ports::StoreError> remote_area_lists() override;
  Result<void, ports::StoreError> replace(std::span<const domain::RemoteAreaList> lists,
                                          const Progress& progress) override;

 private:
  std::map<domain::CarrierCode, domain::RemoteAreaList> lists_;
};

}  // namespace parcelwake::store
