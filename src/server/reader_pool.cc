#include "server/reader_pool.h"

#include <atomic>
#include <utility>

#include "base/observe/log.h"
#include "store/sqlite/sqlite_remote_area_store.h"
#include "store/sqlite/sqlite_tracking_reader.h"

namespace parcelwake::server {
namespace {

class BrokenLedger final : public ports::LedgerReader {
 public:
  Result<domain::Balance, ports::StoreError> balance(domain::AccountId) override {
    return fail(ports::StoreError::Broken);
  }
  Result<ports::LedgerHead, ports::StoreError> head(domain::AccountId) override {
    return fail(ports::StoreError::Broken);
  }
  Result<std::vector<domain::LedgerEntry>, ports::StoreError> entries(domain::AccountId, std::int64_t,
                                                                      std::int64_t) override {
    return fail(ports::StoreError::Broken);
  }
};

class BrokenWaybills final : public ports::WaybillReader {
 public:
  Result<std::vector<std::optional<ports::StoredWaybill>>, ports::StoreError> load(
      std::span<const domain::AirWaybill>) override {
    return fail(ports::StoreError::Broken);
  }
};

// Stands in where the database cannot be opened.
class BrokenReader final : public ports::TrackingReader {
 public:
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const ports::TrackingKey>) override {
    return fail(ports::StoreError::Broken);
  }
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const domain::TrackingId>) override {
    return fail(ports::StoreError::Broken);
  }
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter&, std::int64_t, std::int64_t) override {
    return fail(ports::StoreError::Broken);
  }
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter&) override {
    return fail(ports::StoreError::Broken);
  }
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId>) override {
    return fail(ports::StoreError::Broken);
  }
  ports::LedgerReader& ledger() override { return ledger_; }
  ports::WaybillReader& waybills() override { return waybills_; }
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(domain::AccountId,
                                                                             std::span<const domain::Route>) override {
    return fail(ports::StoreError::Broken);
  }

 private:
  BrokenLedger ledger_;
  BrokenWaybills waybills_;
};

class BrokenRemoteAreaReader final : public ports::RemoteAreaReader {
 public:
  Result<std::vector<std::vector<domain::CarrierCode>>, ports::StoreError> remote_carriers(
      std::span<const ports::PlaceKeys>) override {
    return fail(ports::StoreError::Broken);
  }
  Result<std::vector<ports::RemoteAreaSummary>, ports::StoreError> remote_area_lists() override {
    return fail(ports::StoreError::Broken);
  }
};

// Tells pools apart for a thread that outlives one, even when the next lies at the same address.
std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

ReaderPool::ReaderPool(store::SqliteOptions options, std::size_t written_bytes)
    : options_(std::move(options)), written_bytes_(written_bytes), serial_(next_serial()) {}

template <class Opened, class Port>
Port& ReaderPool::of_this_thread(const store::SqliteOptions& options, std::vector<std::unique_ptr<Port>>& kept,
                                 Port& broken) {
  thread_local std::uint64_t owner = 0;
  thread_local Port* reader = nullptr;
  if (owner == serial_) return *reader;
  auto opened = Opened::open(options);
  if (!opened) {
    static log::Throttle throttle;
    log::throttled(throttle, log::Level::Error, "store", "no further reading connection: {}", opened.error().detail);
    return broken;
  }
  const std::scoped_lock lock(mutex_);
  kept.push_back(*std::move(opened));
  owner = serial_;
  reader = kept.back().get();
  return *reader;
}

ports::TrackingReader& ReaderPool::of_this_thread() {
  static BrokenReader broken;
  return of_this_thread<store::SqliteTrackingReader, ports::TrackingReader>(options_, readers_, broken);
}

ports::RemoteAreaReader& ReaderPool::remote_areas_of_this_thread() {
  constexpr std::int64_t kCacheBytes = 2 << 20;  // seldom asked, and small
  static BrokenRemoteAreaReader broken;
  store::SqliteOptions options = options_;
  options.cache_bytes = kCacheBytes;
  return of_this_thread<store::SqliteRemoteAreaReader, ports::RemoteAreaReader>(options, remote_area_readers_, broken);
}

api::WrittenRows& ReaderPool::written_rows_of_this_thread() {
  thread_local std::uint64_t owner = 0;
  thread_local api::WrittenRows* rows = nullptr;
  if (owner == serial_) return *rows;
  const std::scoped_lock lock(mutex_);
  rows = written_rows_.emplace_back(std::make_unique<api::WrittenRows>(written_bytes_)).get();
  owner = serial_;
  return *rows;
}

}  // namespace parcelwake::server
