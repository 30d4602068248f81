#include "store/sqlite/tracking_queries.h"

#include "store/sqlite/tracking_row.h"

namespace parcelwake::store {
namespace {

using domain::TrackingId;
using ports::ListPage;
using ports::Schedule;
using ports::StoredTracking;
using ports::StoreError;
using ports::TrackingKey;

// Gives several reads one view of the file, unless the caller's transaction does that already. A single read has one
// by itself; where the connection keeps its view, it takes that all the same, which is cheaper.
class Snapshot {
 public:
  Snapshot(SqliteDatabase& database, Statement& begin, Statement& end, std::size_t reads)
      : kept_(database.view() != nullptr && !database.view()->entered() ? database.view() : nullptr),
        end_(end),
        own_(kept_ == nullptr && reads > 1 && sqlite3_get_autocommit(database.handle()) != 0) {
    if (kept_ != nullptr) begun_ = kept_->enter();
    if (own_) begun_ = Query(begin).run();
  }
  ~Snapshot() {
    if (!begun_) return;
    if (kept_ != nullptr) kept_->leave();
    if (own_) (void)Query(end_).run();  // Nothing was written: it can only fail together with what follows.
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  const Result<void, StoreError>& begun() const { return begun_; }

 private:
  KeptView* kept_;
  Statement& end_;
  bool own_;
  Result<void, StoreError> begun_;
};

Query& bind_key(Query& query, const TrackingKey& key) {
  return query.bind(key.account.value)
      .bind(std::string_view(key.folded_number))
      .bind(std::string_view(key.carrier.text()));
}

// Adds what the query finds, in place: a tracking is costly to move.
Result<void, StoreError> take_row(Query& query, std::vector<std::optional<StoredTracking>>& into) {
  const auto row = query.next();
  if (!row) return fail(row.error());
  into.emplace_back();
  if (!*row) return {};
  StoredTracking& stored = into.back().emplace();
  return take_tracking_row(query, stored.tracking, stored.deleted);
}

class WholePage final : public ports::ListSink {
 public:
  void begin(std::int64_t total, std::int64_t rows) override {
    page_.total = total;
    page_.trackings.reserve(static_cast<std::size_t>(rows));
  }
  void take(domain::Tracking&& tracking) override { page_.trackings.push_back(std::move(tracking)); }

  ListPage take_page() { return std::move(page_); }

 private:
  ListPage page_;
};

}  // namespace

TrackingQueries::TrackingQueries(SqliteDatabase& database)
    : database_(database),
      begin_(database, "BEGIN"),
      end_(database, "COMMIT"),
      load_by_key_(database, select_tracking("WHERE account = ? AND number = ? AND carrier = ?")),
      load_by_id_(database, select_tracking("WHERE id = ?")),
      read_by_key_(database, select_tracking("WHERE account = ? AND number = ? AND carrier = ? AND deleted = 0")),
      schedule_(database,
                "SELECT s.due_at, s.failures, s.last_asked, s.waiting FROM tracking t CROSS JOIN schedule s INDEXED BY "
                "schedule_of ON s.seq = t.seq "
                "WHERE t.id = ?"),
      transit_counts_(database, kSelectTransitCounts),
      list_(database) {}

Result<std::vector<std::optional<StoredTracking>>, StoreError> TrackingQueries::load(
    std::span<const TrackingKey> keys) {
  std::vector<std::optional<StoredTracking>> loaded;
  loaded.reserve(keys.size());
  const Snapshot snapshot(database_, begin_, end_, keys.size());
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  for (const TrackingKey& key : keys) {
    Query query(load_by_key_);
    bind_key(query, key);
    if (const auto taken = take_row(query, loaded); !taken) return fail(taken.error());
  }
  return loaded;
}

Result<std::vector<std::optional<StoredTracking>>, StoreError> TrackingQueries::load(std::span<const TrackingId> ids) {
  std::vector<std::optional<StoredTracking>> loaded;
  loaded.reserve(ids.size());
  const Snapshot snapshot(database_, begin_, end_, ids.size());
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  for (const TrackingId& id : ids) {
    Query query(load_by_id_);
    query.bind_blob(id.bytes());
    if (const auto taken = take_row(query, loaded); !taken) return fail(taken.error());
  }
  return loaded;
}

Result<ListPage, StoreError> TrackingQueries::list(const ports::ListFilter& filter, std::int64_t offset,
                                                   std::int64_t limit) {
  WholePage page;
  if (const auto read = read_list(filter, offset, limit, page); !read) return fail(read.error());
  return page.take_page();
}

Result<void, StoreError> TrackingQueries::read_list(const ports::ListFilter& filter, std::int64_t offset,
                                                    std::int64_t limit, ports::ListSink& sink) {
  constexpr std::size_t kTotalAndPage = 2;
  const Snapshot snapshot(database_, begin_, end_, kTotalAndPage);
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  return list_.read(filter, offset, limit, sink);
}

Result<void, StoreError> TrackingQueries::read_one(const TrackingKey& key, ports::ListSink& sink) {
  const Snapshot snapshot(database_, begin_, end_, 1);
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  Query query(read_by_key_);
  const auto row = bind_key(query, key).next();
  if (!row) return fail(row.error());
  const std::int64_t rows = *row ? 1 : 0;
  sink.begin(rows, rows);
  if (!*row || sink.knows(read_row_state(query))) return {};
  if (const auto read = read_listed_row(query, room_); !read) return read;
  sink.take(std::move(room_));
  return {};
}

Result<void, StoreError> TrackingQueries::read_oldest_first(domain::AccountId account, Timestamp since,
                                                            const ports::TrackingReader::TakeTracking& take) {
  return list_.read_oldest_first(account, since, take);
}

Result<ports::StatusCounts, StoreError> TrackingQueries::count_by_status(const ports::CountFilter& filter) {
  const Snapshot snapshot(database_, begin_, end_, domain::kStatusCount);
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  return list_.count_by_status(filter);
}

Result<std::vector<std::optional<Schedule>>, StoreError> TrackingQueries::schedules(std::span<const TrackingId> ids) {
  std::vector<std::optional<Schedule>> schedules;
  schedules.reserve(ids.size());
  const Snapshot snapshot(database_, begin_, end_, ids.size());
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  for (const TrackingId& id : ids) {
    Query query(schedule_);
    query.bind_blob(id.bytes());
    const auto row = query.next();
    if (!row) return fail(row.error());
    schedules.push_back(*row ? std::optional(read_schedule(query)) : std::nullopt);
  }
  return schedules;
}

Result<std::vector<domain::TransitTimes>, StoreError> TrackingQueries::transit_times(
    domain::AccountId account, std::span<const domain::Route> routes) {
  std::vector<domain::TransitTimes> all;
  all.reserve(routes.size());
  const Snapshot snapshot(database_, begin_, end_, routes.size());
  if (!snapshot.begun()) return fail(snapshot.begun().error());
  for (const domain::Route& route : routes) {
    auto read = read_transit_times(transit_counts_, account, route);
    if (!read) return fail(read.error());
    all.push_back(*std::move(read));
  }
  return all;
}

}  // namespace parcelwake::store
