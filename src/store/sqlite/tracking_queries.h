#pragma once

#include "ports/tracking_store.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/statement.h"
#include "store/sqlite/tracking_list.h"
#include "store/sqlite/transit_counts.h"

namespace parcelwake::store {

// The reads of TrackingReader on one connection, for the reader and the store alike. A call outside a transaction makes
// one of its own where it reads more than once.
class TrackingQueries {
 public:
  explicit TrackingQueries(SqliteDatabase& database);

  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const ports::TrackingKey> keys);
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const domain::TrackingId> ids);
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit);
  Result<void, ports::StoreError> read_list(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                            ports::ListSink& sink);
  Result<void, ports::StoreError> read_one(const ports::TrackingKey& key, ports::ListSink& sink);
  Result<void, ports::StoreError> read_oldest_first(domain::AccountId account, Timestamp since,
                                                    const ports::TrackingReader::TakeTracking& take);
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter);
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId> ids);
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(domain::AccountId account,
                                                                             std::span<const domain::Route> routes);

 private:
  SqliteDatabase& database_;
  Statement begin_;
  Statement end_;
  Statement load_by_key_;
  Statement load_by_id_;
  Statement read_by_key_;
  Statement schedule_;
  Statement transit_counts_;
  TrackingList list_;
  domain::Tracking room_;  // of the trackings that read_one() tells
};

}  // namespace parcelwake::store
