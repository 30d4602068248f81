#include "store/sqlite/remote_area_editions.h"

#include <set>
#include <string_view>

#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {
namespace {

using domain::PostcodeRange;
using domain::RemoteAreaList;
using ports::StoreError;

std::int64_t count_countries(const RemoteAreaList& list) {
  std::set<std::string_view> countries;
  for (const PostcodeRange& range : list.ranges) countries.insert(range.country);
  for (const domain::RemoteCity& city : list.cities) countries.insert(city.country);
  return static_cast<std::int64_t>(countries.size());
}

bool same_length(const PostcodeRange& a, const PostcodeRange& b) {
  return a.country == b.country && a.low.size() == b.low.size();
}

}  // namespace

RemoteAreaEditions::RemoteAreaEditions(SqliteDatabase& database)
    : database_(database),
      withdraw_(database, "UPDATE remote_area_edition SET state = 2 WHERE state = 0 AND carrier = ?"),
      begin_(database,
             "INSERT INTO remote_area_edition (carrier, state, source, built_in, imported_at, rows, countries) "
             "VALUES (?, 0, ?, ?, ?, ?, ?)"),
      add_length_(database, "INSERT INTO remote_postcode_length (country, edition, length) VALUES (?, ?, ?)"),
      is_open_(database, "SELECT 1 FROM remote_area_edition WHERE edition = ? AND state = 0"),
      add_range_(database, "INSERT INTO remote_postcode (edition, country, length, low, high) VALUES (?, ?, ?, ?, ?)"),
      add_city_(database, "INSERT INTO remote_city (edition, country, city) VALUES (?, ?, ?)"),
      retire_(database,
              "UPDATE remote_area_edition SET state = 2 WHERE state = 1 AND carrier = "
              "(SELECT carrier FROM remote_area_edition WHERE edition = ?)"),
      publish_(database, "UPDATE remote_area_edition SET state = 1 WHERE edition = ? AND state = 0"),
      give_up_(database, "UPDATE remote_area_edition SET state = 2 WHERE edition = ? AND state = 0"),
      removable_(database, "SELECT edition FROM remote_area_edition WHERE state = 2 LIMIT 1"),
      remove_ranges_(database,
                     "DELETE FROM remote_postcode WHERE edition = ?1 AND (country, length, low) IN "
                     "(SELECT country, length, low FROM remote_postcode WHERE edition = ?1 LIMIT 5000)"),
      remove_cities_(database,
                     "DELETE FROM remote_city WHERE edition = ?1 AND (country, city) IN "
                     "(SELECT country, city FROM remote_city WHERE edition = ?1 LIMIT 5000)"),
      remove_lengths_(database, "DELETE FROM remote_postcode_length WHERE edition = ?"),
      remove_edition_(database, "DELETE FROM remote_area_edition WHERE edition = ? AND state = 2") {}

Result<void, StoreError> RemoteAreaEditions::in_transaction(const Deed& deed) {
  auto done = database_.execute("BEGIN IMMEDIATE");
  if (!done) return done;
  done = deed();
  if (done) done = database_.execute("COMMIT");
  if (!done && sqlite3_get_autocommit(database_.handle()) == 0) (void)database_.execute("ROLLBACK");
  return done;
}

Result<std::vector<RemoteAreaEditions::Edition>, StoreError> RemoteAreaEditions::begin(
    std::span<const RemoteAreaList> lists) {
  std::vector<Edition> editions;
  const auto done = in_transaction([&]() -> Result<void, StoreError> {
    for (const RemoteAreaList& list : lists) {
      const auto edition = begin_one(list);
      if (!edition) return fail(edition.error());
      editions.push_back(*edition);
    }
    return {};
  });
  if (!done) return fail(done.error());
  return editions;
}

Result<RemoteAreaEditions::Edition, StoreError> RemoteAreaEditions::begin_one(const RemoteAreaList& list) {
  const std::string_view carrier = list.carrier.text();
  if (const auto done = Query(withdraw_).bind(carrier).run(); !done) return fail(done.error());
  Query query(begin_);
  query.bind(carrier).bind(std::string_view(list.source)).bind(std::int64_t{list.built_in}).bind(list.imported_at);
  if (const auto done = query.bind(list.rows).bind(count_countries(list)).run(); !done) return fail(done.error());
  const Edition edition = sqlite3_last_insert_rowid(database_.handle());
  const PostcodeRange* previous = nullptr;
  for (const PostcodeRange& range : list.ranges) {
    if (previous == nullptr || !same_length(*previous, range)) {
      Query length(add_length_);
      length.bind(std::string_view(range.country)).bind(edition).bind(static_cast<std::int64_t>(range.low.size()));
      if (const auto done = length.run(); !done) return fail(done.error());
    }
    previous = &range;
  }
  return edition;
}

Result<void, StoreError> RemoteAreaEditions::expect_open(Edition edition) {
  Query query(is_open_);
  const auto row = query.bind(edition).next();
  if (!row) return fail(row.error());
  if (!*row) return fail(StoreError::Busy);
  return {};
}

Result<void, StoreError> RemoteAreaEditions::add(Edition edition, std::span<const PostcodeRange> ranges) {
  return in_transaction([&]() -> Result<void, StoreError> {
    if (const auto open = expect_open(edition); !open) return open;
    for (const PostcodeRange& range : ranges) {
      Query query(add_range_);
      query.bind(edition).bind(std::string_view(range.country)).bind(static_cast<std::int64_t>(range.low.size()));
      const auto done = query.bind(std::string_view(range.low)).bind(std::string_view(range.high)).run();
      if (!done) return done;
    }
    return {};
  });
}

Result<void, StoreError> RemoteAreaEditions::add(Edition edition, std::span<const domain::RemoteCity> cities) {
  return in_transaction([&]() -> Result<void, StoreError> {
    if (const auto open = expect_open(edition); !open) return open;
    for (const domain::RemoteCity& city : cities) {
      Query query(add_city_);
      query.bind(edition).bind(std::string_view(city.country)).bind(std::string_view(city.city));
      if (const auto done = query.run(); !done) return done;
    }
    return {};
  });
}

Result<void, StoreError> RemoteAreaEditions::publish(std::span<const Edition> editions) {
  return in_transaction([&]() -> Result<void, StoreError> {
    for (const Edition edition : editions) {
      if (const auto done = change(retire_, edition); !done) return fail(done.error());
      const auto published = change(publish_, edition);
      if (!published) return fail(published.error());
      if (*published == 0) return fail(StoreError::Busy);
    }
    return {};
  });
}

Result<void, StoreError> RemoteAreaEditions::give_up(std::span<const Edition> editions) {
  return in_transaction([&]() -> Result<void, StoreError> {
    for (const Edition edition : editions) {
      if (const auto done = change(give_up_, edition); !done) return fail(done.error());
    }
    return {};
  });
}

Result<bool, StoreError> RemoteAreaEditions::remove_some() {
  const auto edition = removable();
  if (!edition) return fail(edition.error());
  if (!*edition) return false;
  const auto done = in_transaction([&]() -> Result<void, StoreError> {
    for (Statement* part : {&remove_ranges_, &remove_cities_}) {
      const auto removed = change(*part, **edition);
      if (!removed) return fail(removed.error());
      if (*removed != 0) return {};
    }
    for (Statement* rest : {&remove_lengths_, &remove_edition_}) {
      if (const auto removed = change(*rest, **edition); !removed) return fail(removed.error());
    }
    return {};
  });
  if (!done) return fail(done.error());
  return true;
}

Result<std::optional<RemoteAreaEditions::Edition>, StoreError> RemoteAreaEditions::removable() {
  Query query(removable_);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return *row ? std::optional(query.integer(0)) : std::nullopt;
}

// How many rows the statement changes.
Result<std::int64_t, StoreError> RemoteAreaEditions::change(Statement& statement, Edition edition) {
  if (const auto done = Query(statement).bind(edition).run(); !done) return fail(done.error());
  return sqlite3_changes64(database_.handle());
}

}  // namespace parcelwake::store
