#pragma once

#include <memory>

#include "ports/tracking_store.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_ledger.h"
#include "store/sqlite/sqlite_waybill_store.h"
#include "store/sqlite/tracking_queries.h"

namespace parcelwake::store {

// Reads trackings over a connection of its own that cannot write: one for each thread that answers reads. Sees what is
// committed, and is not held up by who writes.
class SqliteTrackingReader final : public ports::TrackingReader {
 public:
  static Result<std::unique_ptr<SqliteTrackingReader>, OpenFailure> open(const SqliteOptions& options) {
    auto database = open_current(options, SqliteAccess::Read);
    if (!database) return fail(database.error());
    if (options.kept_views) (*database)->keep_view(options.kept_views);
    return std::make_unique<SqliteTrackingReader>(std::move(*database));
  }
  explicit SqliteTrackingReader(std::unique_ptr<SqliteDatabase> database)
      : database_(std::move(database)), queries_(*database_), ledger_(*database_), waybills_(*database_) {}

  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const ports::TrackingKey> keys) override {
    return queries_.load(keys);
  }
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const domain::TrackingId> ids) override {
    return queries_.load(ids);
  }
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit) override {
    return queries_.list(filter, offset, limit);
  }
  Result<void, ports::StoreError> read_list(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                            ports::ListSink& sink) override {
    return queries_.read_list(filter, offset, limit, sink);
  }
  Result<void, ports::StoreError> read_one(const ports::TrackingKey& key, ports::ListSink& sink) override {
    return queries_.read_one(key, sink);
  }
  Result<void, ports::StoreError> read_oldest_first(domain::AccountId account, Timestamp since,
                                                    const TakeTracking& take) override {
    return queries_.read_oldest_first(account, since, take);
  }
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter) override {
    return queries_.count_by_status(filter);
  }
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId> ids) override {
    return queries_.schedules(ids);
  }
  ports::LedgerReader& ledger() override { return ledger_; }
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(
      domain::AccountId account, std::span<const domain::Route> routes) override {
    return queries_.transit_times(account, routes);
  }
  ports::WaybillReader& waybills() override { return waybills_; }

 private:
  std::unique_ptr<SqliteDatabase> database_;
  TrackingQueries queries_;
  SqliteLedger ledger_;
  SqliteWaybillStore waybills_;  // for reading alone: the connection cannot write
};

}  // namespace parcelwake::store
