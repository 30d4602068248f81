#pragma once

#include <map>
#include <string>

#include "ports/tracking_store.h"
#include "store/sqlite/fences.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Answers list() and count_by_status() on one connection. The caller has a transaction open, so that page and total,
// and the counts of all statuses, are of one moment.
//
// A list without filters, or between two moments of creation, is found by the fences at any depth. Numbers and order
// ids are looked up one by one. With any other filter, passing over rows and counting them walks an index that covers
// all conditions, only the rows of the page are fetched, and a page in the second half is walked from the far end. By
// status and archived alone the total is a counter.
class TrackingList {
 public:
  explicit TrackingList(SqliteDatabase& database);

  // Rows are handed over as they are found.
  Result<void, ports::StoreError> read(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                       ports::ListSink& sink);

  // One walk along an index; a single statement, which is one moment by itself.
  Result<void, ports::StoreError> read_oldest_first(domain::AccountId account, Timestamp since,
                                                    const ports::TrackingReader::TakeTracking& take);

  // Without bounds the counters tell; between bounds each status is a walk along the index that covers them.
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter);

 private:
  struct Match;

  Statement& statement(std::string sql);
  Result<std::int64_t, ports::StoreError> total(const ports::ListFilter& filter);
  Result<void, ports::StoreError> read_by_fences(const ports::ListFilter& filter, std::int64_t offset,
                                                 std::int64_t limit, ports::ListSink& sink);
  Result<void, ports::StoreError> read_by_scan(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                               ports::ListSink& sink);
  Result<void, ports::StoreError> read_by_look_up(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit, ports::ListSink& sink);
  Result<std::vector<Match>, ports::StoreError> look_up(const ports::ListFilter& filter);

  SqliteDatabase& database_;
  Statement by_number_;
  Statement by_order_id_;
  Statement by_seq_;
  Statement before_;
  Statement oldest_first_;
  Fences fences_;
  std::map<std::string, Statement> scans_;  // by their SQL: one for each combination of filters in use
};

}  // namespace parcelwake::store
