#include "store/sqlite/sqlite_remote_area_store.h"

#include <algorithm>
#include <array>
#include <set>

namespace parcelwake::store {
namespace {

using domain::CarrierCode;
using domain::PostcodeRange;
using domain::RemoteAreaList;
using ports::PlaceKeys;
using ports::RemoteAreaSummary;
using ports::StoreError;

constexpr std::size_t kRowsPerTelling = 10'000;

std::int64_t count_countries(const RemoteAreaList& list) {
  std::set<std::string_view> countries;
  for (const PostcodeRange& range : list.ranges) countries.insert(range.country);
  for (const domain::RemoteCity& city : list.cities) countries.insert(city.country);
  return static_cast<std::int64_t>(countries.size());
}

}  // namespace

RemoteAreaQueries::RemoteAreaQueries(SqliteDatabase& database)
    : find_(database, kFind),
      lists_(database,
             "SELECT carrier, source, built_in, imported_at, rows, countries FROM remote_area_list ORDER BY carrier") {}

Result<std::vector<std::vector<CarrierCode>>, StoreError> RemoteAreaQueries::remote_carriers(
    std::span<const PlaceKeys> places) {
  std::vector<std::vector<CarrierCode>> found(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PlaceKeys& place = places[i];
    std::vector<CarrierCode>& carriers = found[i];
    Query query(find_);
    query.bind(std::string_view(place.country)).bind(std::string_view(place.postcode));
    query.bind(static_cast<std::int64_t>(place.postcode.size())).bind(std::string_view(place.city));
    for (;;) {
      const auto row = query.next();
      if (!row) return fail(row.error());
      if (!*row) break;
      carriers.push_back(CarrierCode::trusted(std::string(query.text(0))));
    }
    std::sort(carriers.begin(), carriers.end());
    carriers.erase(std::unique(carriers.begin(), carriers.end()), carriers.end());
  }
  return found;
}

Result<std::vector<RemoteAreaSummary>, StoreError> RemoteAreaQueries::remote_area_lists() {
  std::vector<RemoteAreaSummary> all;
  Query query(lists_);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return all;
    all.push_back({.carrier = CarrierCode::trusted(std::string(query.text(0))),
                   .source = std::string(query.text(1)),
                   .built_in = query.integer(2) != 0,
                   .imported_at = query.time(3),
                   .rows = query.integer(4),
                   .countries = query.integer(5)});
  }
}

Result<std::unique_ptr<SqliteRemoteAreaReader>, OpenFailure> SqliteRemoteAreaReader::open(
    const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Read);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteRemoteAreaReader>(std::move(*database));
}

// Tells the progress every so many rows.
class SqliteRemoteAreaStore::Counted {
 public:
  explicit Counted(const Progress& progress) : progress_(progress) {}

  void one() {
    if (++written_ % kRowsPerTelling == 0) progress_(written_);
  }
  void last() const { progress_(written_); }

 private:
  const Progress& progress_;
  std::size_t written_ = 0;
};

Result<std::unique_ptr<SqliteRemoteAreaStore>, OpenFailure> SqliteRemoteAreaStore::open(const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteRemoteAreaStore>(std::move(*database));
}

SqliteRemoteAreaStore::SqliteRemoteAreaStore(std::unique_ptr<SqliteDatabase> database)
    : database_(std::move(database)),
      queries_(*database_),
      insert_range_(*database_,
                    "INSERT INTO remote_postcode (country, carrier, length, low, high) VALUES (?, ?, ?, ?, ?)"),
      insert_length_(*database_,
                     "INSERT OR IGNORE INTO remote_postcode_length (country, carrier, length) VALUES (?, ?, ?)"),
      insert_city_(*database_, "INSERT INTO remote_city (country, city, carrier) VALUES (?, ?, ?)"),
      insert_list_(*database_,
                   "INSERT INTO remote_area_list (carrier, source, built_in, imported_at, rows, countries) "
                   "VALUES (?, ?, ?, ?, ?, ?)") {}

Result<void, StoreError> SqliteRemoteAreaStore::replace(std::span<const RemoteAreaList> lists,
                                                        const Progress& progress) {
  Counted counted(progress);
  auto done = database_->execute("BEGIN IMMEDIATE");
  if (!done) return done;
  for (const RemoteAreaList& list : lists) {
    if (done) done = remove(list.carrier);
    if (done) done = write(list, counted);
  }
  if (done) done = database_->execute("COMMIT");
  if (done) {
    counted.last();
    return {};
  }
  if (sqlite3_get_autocommit(database_->handle()) == 0) (void)database_->execute("ROLLBACK");
  return done;
}

Result<void, StoreError> SqliteRemoteAreaStore::remove(const CarrierCode& carrier) {
  for (const char* table : {"remote_area_list", "remote_postcode", "remote_postcode_length", "remote_city"}) {
    Statement statement(*database_, std::string("DELETE FROM ") + table + " WHERE carrier = ?");
    Query query(statement);
    if (const auto done = query.bind(std::string_view(carrier.text())).run(); !done) return done;
  }
  return {};
}

Result<void, StoreError> SqliteRemoteAreaStore::write(const RemoteAreaList& list, Counted& counted) {
  if (const auto done = write_ranges(list, counted); !done) return done;
  for (const domain::RemoteCity& city : list.cities) {
    Query query(insert_city_);
    query.bind(std::string_view(city.country)).bind(std::string_view(city.city));
    if (const auto done = query.bind(std::string_view(list.carrier.text())).run(); !done) return done;
    counted.one();
  }
  return write_summary(list);
}

Result<void, StoreError> SqliteRemoteAreaStore::write_ranges(const RemoteAreaList& list, Counted& counted) {
  const PostcodeRange* previous = nullptr;
  for (const PostcodeRange& range : list.ranges) {
    const auto length = static_cast<std::int64_t>(range.low.size());
    const auto bind_place = [&](Query& query) -> Query& {
      query.bind(std::string_view(range.country)).bind(std::string_view(list.carrier.text()));
      return query.bind(length);
    };
    const bool same_length =
        previous != nullptr && previous->country == range.country && previous->low.size() == range.low.size();
    if (!same_length) {
      Query query(insert_length_);
      if (const auto done = bind_place(query).run(); !done) return done;
    }
    Query query(insert_range_);
    bind_place(query).bind(std::string_view(range.low)).bind(std::string_view(range.high));
    if (const auto done = query.run(); !done) return done;
    previous = &range;
    counted.one();
  }
  return {};
}

Result<void, StoreError> SqliteRemoteAreaStore::write_summary(const RemoteAreaList& list) {
  Query query(insert_list_);
  query.bind(std::string_view(list.carrier.text())).bind(std::string_view(list.source));
  query.bind(std::int64_t{list.built_in}).bind(list.imported_at);
  return query.bind(list.rows).bind(count_countries(list)).run();
}

}  // namespace parcelwake::store
