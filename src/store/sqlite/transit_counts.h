#pragma once

#include <map>

#include "ports/tracking_store.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

inline constexpr const char* kSelectTransitCounts =
    "SELECT days, count FROM transit_count WHERE account = ? AND carrier = ? AND origin = ? AND destination = ?";
inline constexpr const char* kAddTransitCount =
    "INSERT INTO transit_count (account, carrier, origin, destination, days, count) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET count = count + excluded.count";

// What a batch of changes adds to and takes from the counts of routes.
class TransitTally {
 public:
  void count(const ports::TrackingChange& change);
  void add(const ports::StoredTracking& stored, std::int64_t count);

  // One run of kAddTransitCount for each number that changes; none for a batch that moves nothing.
  Result<void, ports::StoreError> write(Statement& add) const;

 private:
  struct Key {
    domain::AccountId account;
    domain::Route route;
    std::int64_t days = 0;

    auto operator<=>(const Key&) const = default;
  };
  void add(domain::AccountId account, const domain::TransitSample& sample, std::int64_t count);

  std::map<Key, std::int64_t> counts_;
};

// Runs kSelectTransitCounts.
Result<domain::TransitTimes, ports::StoreError> read_transit_times(Statement& select, domain::AccountId account,
                                                                   const domain::Route& route);

// Counts all trackings anew where a migration asked for it. Within the transaction of the last migration.
Result<void, ports::StoreError> recount_transits(SqliteDatabase& database);

}  // namespace parcelwake::store
