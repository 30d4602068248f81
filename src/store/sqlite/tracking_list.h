#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

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
// all conditions, and a page in the second half is walked from the far end. By status and archived alone the total is a
// counter. Whichever way a page is found, indexes tell the states of its rows, and only rows that the sink does not
// know are fetched.
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
  enum class Order { NewestFirst, OldestFirst };

  Statement& statement(std::string sql);
  Result<std::int64_t, ports::StoreError> total(const ports::ListFilter& filter);
  Result<void, ports::StoreError> read_by_fences(const ports::ListFilter& filter, std::int64_t offset,
                                                 std::int64_t limit, ports::ListSink& sink);
  Result<void, ports::StoreError> read_by_scan(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                               ports::ListSink& sink);
  Result<void, ports::StoreError> read_by_look_up(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit, ports::ListSink& sink);
  Result<std::vector<ports::RowState>, ports::StoreError> look_up(const ports::ListFilter& filter);
  // Tells the rows that `query` gives the states of, in this order.
  Result<void, ports::StoreError> tell_found(Query& query, std::int64_t rows, Order order, ports::ListSink& sink);
  // Newest first, as `states` has to be.
  Result<void, ports::StoreError> tell(std::span<const ports::RowState> states, ports::ListSink& sink);

  SqliteDatabase& database_;
  Statement by_number_;
  Statement by_order_id_;
  Statement by_seq_;
  Statement older_;
  Statement newer_;
  Statement oldest_first_;
  Fences fences_;
  std::map<std::string, Statement> scans_;  // by their SQL: one for each combination of filters in use
};

}  // namespace parcelwake::store
