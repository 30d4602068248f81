#pragma once

#include <memory>

#include "ports/remote_area_store.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/remote_area_editions.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Reads lists of remote areas on one connection, for the reader and the store alike.
class RemoteAreaQueries {
 public:
  // One place, by country, postcode key, that key's length, and city key. All searches go by an index only, and see
  // published editions alone. The joins stand in the order that is quick: a country has a handful of lengths.
  static constexpr const char* kFind =
      "SELECT e.carrier FROM remote_postcode_length l CROSS JOIN remote_area_edition e ON e.edition = l.edition "
      "WHERE l.country = ?1 AND l.length <= ?3 AND e.state = 1 AND "
      "substr(?2, 1, l.length) <= (SELECT p.high FROM remote_postcode p WHERE p.edition = l.edition AND "
      "p.country = l.country AND p.length = l.length AND p.low <= substr(?2, 1, l.length) "
      "ORDER BY p.low DESC LIMIT 1) "
      "UNION ALL SELECT e.carrier FROM remote_area_edition e CROSS JOIN remote_city c ON c.edition = e.edition "
      "WHERE e.state = 1 AND c.country = ?1 AND c.city = ?4";

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
// the lists as they were, what it writes waits for some thousand places at most.
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
  template <class Place>
  Result<void, ports::StoreError> add_in_pieces(RemoteAreaEditions::Edition edition, std::span<const Place> places,
                                                const std::function<void(std::size_t)>& told);
  void remove_what_is_over(const std::function<void(std::size_t)>& told);

  std::unique_ptr<SqliteDatabase> database_;
  RemoteAreaQueries queries_;
  RemoteAreaEditions editions_;
};

}  // namespace parcelwake::store
