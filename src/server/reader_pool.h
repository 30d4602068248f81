#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "api/common/services.h"
#include "base/result.h"
#include "store/sqlite/sqlite_database.h"

namespace parcelwake::server {

// A reading connection for trackings, one for remote areas and the rows written last for each thread that asks, made
// when it first does.
class ReaderPool final : public api::Readers {
 public:
  // `written_bytes`: of rows that each thread keeps.
  explicit ReaderPool(store::SqliteOptions options, std::size_t written_bytes = 0);

  // When no connection can be opened, the reader that comes back answers Broken.
  ports::TrackingReader& of_this_thread() override;
  ports::RemoteAreaReader& remote_areas_of_this_thread() override;
  api::WrittenRows& written_rows_of_this_thread() override;

 private:
  template <class Opened, class Port>
  Port& of_this_thread(const store::SqliteOptions& options, std::vector<std::unique_ptr<Port>>& kept, Port& broken);

  store::SqliteOptions options_;
  std::size_t written_bytes_;
  const std::uint64_t serial_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ports::TrackingReader>> readers_;
  std::vector<std::unique_ptr<ports::RemoteAreaReader>> remote_area_readers_;
  std::vector<std::unique_ptr<api::WrittenRows>> written_rows_;
};

}  // namespace parcelwake::server
