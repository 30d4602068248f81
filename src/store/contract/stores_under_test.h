#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "store/memory/memory_account_store.h"
#include "store/memory/memory_tracking_store.h"
#include "store/sqlite/sqlite_account_store.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::store {

// A folder of its own that goes with the object; in memory where the system has such a place, since tests sync a lot.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const std::filesystem::path in_memory = "/dev/shm";
    const auto parent = std::filesystem::exists(in_memory) ? in_memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "parcelwake-store-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline SqliteOptions options_for(const TemporaryFolder& folder) {
  return {.path = folder.file("parcelwake.db"), .vfs = {}};
}

// One change in a transaction of its own.
inline void commit(ports::TrackingStore& store, const ports::TrackingChange& change) {
  ASSERT_TRUE(store.begin());
  ASSERT_TRUE(store.save(std::span(&change, 1)));
  ASSERT_TRUE(store.commit());
}

// Trackings of account 1.
inline std::int64_t total(ports::TrackingReader& reader) {
  ports::ListFilter filter;
  filter.account.value = 1;
  return (*reader.list(filter, 0, 0)).total;
}

// Each kind of store the contract is tested with: an empty one, gone with the object.
struct MemoryStores {
  std::unique_ptr<ports::TrackingStore> trackings = std::make_unique<MemoryTrackingStore>();
  std::unique_ptr<ports::AccountStore> accounts = std::make_unique<MemoryAccountStore>();
};

struct SqliteStores {
  std::int64_t rows_per_fence = Fences::kRowsPerFence;
  TemporaryFolder folder{};
  bool migrated = migrate(options_for(folder)).ok();
  std::unique_ptr<ports::TrackingStore> trackings =
      std::make_unique<SqliteTrackingStore>(*open_current(options_for(folder), SqliteAccess::Write), rows_per_fence);
  std::unique_ptr<ports::AccountStore> accounts = *SqliteAccountStore::open(options_for(folder));
};

using AllStores = testing::Types<MemoryStores, SqliteStores>;

}  // namespace parcelwake::store
