#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "api/common/services.h"
#include "base/result.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::server {

// A reading connection for trackings and one for remote areas for each thread that asks, opened at its first read.
class ReaderPool final : public api::Readers {
 public:
  explicit ReaderPool(store::SqliteOptions options);

  // When no connection can be opened, the reader that comes back answers Broken.
  ports::TrackingReader& of_this_thread() override;
  ports::RemoteAreaReader& remote_areas_of_this_thread() override;

 private:
  template <class Opened, class Port>
  Port& of_this_thread(const store::SqliteOptions& options, std::vector<std::unique_ptr<Port>>& kept, Port& broken);

  store::SqliteOptions options_;
  const std::uint64_t serial_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ports::TrackingReader>> readers_;
  std::vector<std::unique_ptr<ports::RemoteAreaReader>> remote_area_readers_;
};

}  // namespace parcelwake::server
