#include "server/reader_pool.h"

#include <atomic>
#include <utility>

#include "base/observe/log.h"
#include "store/sqlite/sqlite_tracking_reader.h"

namespace parcelwake::server {
namespace {

class BrokenLedger final : public ports::LedgerReader {
 public:
  Result<domain::Balance, ports::StoreError> balance(domain::AccountId) override {
    return fail(ports::StoreError::Broken);
  }
  Result<std::vector<domain::LedgerEntry>, ports::StoreError> entries(domain::AccountId, std::int64_t,
                                                                      std::int64_t) override {
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

 private:
  BrokenLedger ledger_;
};

// Tells pools apart for a thread that outlives one, even when the next lies at the same address.
std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

ReaderPool::ReaderPool(store::SqliteOptions options) : options_(std::move(options)), serial_(next_serial()) {}

ports::TrackingReader& ReaderPool::of_this_thread() {
  thread_local std::uint64_t owner = 0;
  thread_local ports::TrackingReader* reader = nullptr;
  if (owner == serial_) return *reader;
  auto opened = store::SqliteTrackingReader::open(options_);
  if (!opened) {
    static log::Throttle throttle;
    log::throttled(throttle, log::Level::Error, "store", "no further reading connection: {}", opened.error().detail);
    static BrokenReader broken;
    return broken;
  }
  const std::scoped_lock lock(mutex_);
  readers_.push_back(*std::move(opened));
  owner = serial_;
  reader = readers_.back().get();
  return *reader;
}

}  // namespace parcelwake::server
