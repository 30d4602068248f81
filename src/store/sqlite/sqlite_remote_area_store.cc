#include "store/sqlite/sqlite_remote_area_store.h"

#include <algorithm>
#include <utility>

namespace parcelwake::store {
namespace {

using domain::CarrierCode;
using domain::PostcodeRange;
using domain::RemoteAreaList;
using ports::PlaceKeys;
using ports::RemoteAreaSummary;
using ports::StoreError;

// So many places are written in one transaction: others wait some hundredths of a second for them.
constexpr std::size_t kPlacesAtOnce = 5000;

}  // namespace

RemoteAreaQueries::RemoteAreaQueries(SqliteDatabase& database)
    : find_(database, kFind),
      lists_(database,
             "SELECT carrier, source, built_in, imported_at, rows, countries FROM remote_area_edition "
             "WHERE state = 1 ORDER BY carrier") {}

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

Result<std::unique_ptr<SqliteRemoteAreaStore>, OpenFailure> SqliteRemoteAreaStore::open(const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteRemoteAreaStore>(std::move(*database));
}

SqliteRemoteAreaStore::SqliteRemoteAreaStore(std::unique_ptr<SqliteDatabase> database)
    : database_(std::move(database)), queries_(*database_), editions_(*database_) {}

Result<void, StoreError> SqliteRemoteAreaStore::replace(std::span<const RemoteAreaList> lists,
                                                        const Progress& progress) {
  const auto editions = editions_.begin(lists);
  if (!editions) return fail(editions.error());
  std::size_t written = 0;
  const auto told = [&](std::size_t more) { progress(written += more); };
  Result<void, StoreError> done;
  for (std::size_t i = 0; i < lists.size() && done; ++i) {
    done = add_in_pieces((*editions)[i], std::span(lists[i].ranges), told);
    if (done) done = add_in_pieces((*editions)[i], std::span(lists[i].cities), told);
  }
  if (done) done = editions_.publish(*editions);
  if (!done) (void)editions_.give_up(*editions);
  remove_what_is_over(told);
  return done;
}

template <class Place>
Result<void, StoreError> SqliteRemoteAreaStore::add_in_pieces(RemoteAreaEditions::Edition edition,
                                                              std::span<const Place> places,
                                                              const std::function<void(std::size_t)>& told) {
  while (!places.empty()) {
    const auto piece = places.first(std::min(places.size(), kPlacesAtOnce));
    if (const auto added = editions_.add(edition, piece); !added) return added;
    told(piece.size());
    places = places.subspan(piece.size());
  }
  return {};
}

// That it cannot be removed now harms nobody: the next list that is written tries again.
void SqliteRemoteAreaStore::remove_what_is_over(const std::function<void(std::size_t)>& told) {
  for (;;) {
    const auto removed = editions_.remove_some();
    if (!removed || !*removed) return;
    told(0);
  }
}

}  // namespace parcelwake::store
