#pragma once

#include <memory>

#include "ports/remote_area_store.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Reads lists of remote areas on one connection, for the reader and the store alike.
class RemoteAreaQueries {
 public:
  // One place, by country, postcode key, that key's length, and city key. Both searches go by an index only.
  static constexpr const char* kFind =
      "SELECT l.carrier FROM remote_postcode_length l WHERE l.country = ?1 AND l.length <= ?3 AND "
      "substr(?2, 1, l.length) <= (SELECT p.high FROM remote_postcode p WHERE p.country = l.country AND "
      "p.carrier = l.carrier AND p.length = l.length AND p.low <= substr(?2, 1, l.length) "
      "ORDER BY p.low DESC LIMIT 1) "
      "UNION ALL SELECT c.carrier FROM remote_city c WHERE c.country = ?1 AND c.city = ?4";

  explicit RemoteAreaQueries(SqliteDatabase& database);

  Result<std::vector<std::vector<domain::CarrierCode>>, ports::StoreError> remote_carriers(
      std::span<const ports::PlaceKeys> places);
  Result<std::vector<ports::RemoteAreaSummary>, ports::StoreError> remote_area_lists();

 private:
  Statement find_;
  Statement lists_;
};

// Reads over a connection of its own that cannot write: one for each thread that answers reads. Sees what is committed.
class SqliteRemoteAreaReader final : public ports::RemoteAreaReader {
 public:
  static Result<std::unique_ptr<SqliteRemoteAreaReader>, OpenFailure> open(const SqliteOptions& options);
  explicit SqliteRemoteAreaReader(std::unique_ptr<SqliteDatabase> database)
      : database_(std::move(database)), queries_(*database_) {}

  Result<std::vector<std::vector<domain::CarrierCode>>, ports::StoreError> remote_carriers(
      std::span<const ports::PlaceKeys> places) override {
    return queries_.remote_carriers(places);
  }
  Result<std::vector<ports::RemoteAreaSummary>, ports::StoreError> remote_area_lists() override {
    return queries_.remote_area_lists();
  }

 private:
  std::unique_ptr<SqliteDatabase> database_;
  RemoteAreaQueries queries_;
};

// Writes over a connection of its own, also while a server runs on the file: what it asks meanwhile is answered from
// the lists as they were, what it writes waits.
class SqliteRemoteAreaStore final : public ports::RemoteAreaStore {
 public:
  static Result<std::unique_ptr<SqliteRemoteAreaStore>, OpenFailure> open(const SqliteOptions& options);
  explicit SqliteRemoteAreaStore(std::unique_ptr<SqliteDatabase> database);

  Result<std::vector<std::vector<domain::CarrierCode>>, ports::StoreError> remote_carriers(
      std::span<const ports::PlaceKeys> places) override {
    return queries_.remote_carriers(places);
  }
  Result<std::vector<ports::RemoteAreaSummary>, ports::StoreError> remote_area_lists() override {
    return queries_.remote_area_lists();
  }
  Result<void, ports::StoreError> replace(std::span<const domain::RemoteAreaList> lists,
                                          const Progress& progress) override;

  SqliteDatabase& database() { return *database_; }

 private:
  class Counted;

  Result<void, ports::StoreError> remove(const domain::CarrierCode& carrier);
  Result<void, ports::StoreError> write(const domain::RemoteAreaList& list, Counted& counted);
  Result<void, ports::StoreError> write_ranges(const domain::RemoteAreaList& list, Counted& counted);
  Result<void, ports::StoreError> write_summary(const domain::RemoteAreaList& list);

  std::unique_ptr<SqliteDatabase> database_;
  RemoteAreaQueries queries_;
  Statement insert_range_;
  Statement insert_length_;
  Statement insert_city_;
  Statement insert_list_;
};

}  // namespace parcelwake::store
