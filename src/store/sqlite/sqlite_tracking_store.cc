#include "store/sqlite/sqlite_tracking_store.h"

#include "base/observe/log.h"
#include "store/sqlite/tracking_row.h"

namespace parcelwake::store {

using domain::Tracking;
using domain::TrackingId;
using ports::DueTracking;
using ports::ListPage;
using ports::Schedule;
using ports::StoredTracking;
using ports::StoreError;
using ports::TrackingChange;

// What the file says of a tracking that is about to change. Which columns (and with them indexes) have to be written
// and what the counters lose is judged by this, not by what the caller believes.
struct SqliteTrackingStore::Standing {
  std::int64_t seq = 0;
  bool deleted = false;
  std::int64_t status = 0;
  std::int64_t archived = 0;
  Timestamp created_at{};
  bool same_key = false;
  bool same_place = false;  // key, created_at, order_id and deleted stay: no index but the listing ones is touched
};

struct SqliteTrackingStore::Due {
  std::int64_t seq = 0;
  Schedule schedule;
};

Result<std::unique_ptr<SqliteTrackingStore>, OpenFailure> SqliteTrackingStore::open(const SqliteOptions& options) {
  auto database = open_current(options, SqliteAccess::Write);
  if (!database) return fail(database.error());
  return std::make_unique<SqliteTrackingStore>(std::move(*database));
}

SqliteTrackingStore::SqliteTrackingStore(std::unique_ptr<SqliteDatabase> database, std::int64_t rows_per_fence)
    : database_(std::move(database)),
      queries_(*database_),
      ledger_(*database_),
      fences_(*database_, rows_per_fence),
      waybills_(*database_),
      notifications_(*database_),
      begin_(*database_, "BEGIN IMMEDIATE"),
      commit_(*database_, "COMMIT"),
      rollback_(*database_, "ROLLBACK"),
      insert_(*database_,
              "INSERT INTO tracking (id, bucket, account, number, carrier, created_at, updated_at, order_at, status, "
              "archived, deleted, order_id, body, announced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      standing_(*database_,
                "SELECT seq, deleted, status, archived, account, number, carrier, created_at, order_id FROM tracking "
                "WHERE id = ?"),
      update_state_(
          *database_,
          "UPDATE tracking SET updated_at = ?2, order_at = ?3, status = ?4, archived = ?5, body = ?8, announced = ?9 "
          "WHERE seq = ?10"),
      update_all_(*database_,
                  "UPDATE tracking SET id = ?, bucket = ?, account = ?, number = ?, carrier = ?, created_at = ?, "
                  "updated_at = ?, order_at = ?, status = ?, archived = ?, deleted = ?, order_id = ?, body = ?, "
                  "announced = ? WHERE seq = ?"),
      drop_tombstone_(*database_,
                      "DELETE FROM tracking WHERE account = ? AND number = ? AND carrier = ? AND deleted = 1"),
      seq_of_id_(*database_, "SELECT seq FROM tracking WHERE id = ?"),
      update_schedule_(*database_,
                       "UPDATE schedule SET due_at = ?, failures = ?, last_asked = ?, waiting = ? WHERE seq = ?"),
      insert_schedule_(*database_,
                       "INSERT INTO schedule (due_at, failures, last_asked, waiting, seq) VALUES (?, ?, ?, ?, ?)"),
      insert_schedule_if_live_(*database_,
                               "INSERT INTO schedule (due_at, failures, last_asked, waiting, seq) "
                               "SELECT ?, ?, ?, ?, seq FROM tracking WHERE seq = ? AND deleted = 0"),
      delete_schedule_(*database_, "DELETE FROM schedule WHERE seq = ?"),
      add_to_counter_(*database_,
                      "INSERT INTO counter (account, status, archived, count) VALUES (?, ?, ?, ?) "
                      "ON CONFLICT DO UPDATE SET count = count + excluded.count"),
      add_transits_(*database_, kAddTransitCount),
      due_(*database_,
           "SELECT due_at, failures, last_asked, waiting, seq FROM schedule WHERE due_at <= ? "
           "ORDER BY due_at, seq LIMIT ?"),
      lease_(*database_, "UPDATE schedule SET due_at = ? WHERE due_at = ? AND seq = ?"),
      load_by_seq_(*database_, select_tracking("WHERE seq = ?")),
      wake_waiting_(*database_, "UPDATE schedule SET due_at = ?1 WHERE waiting = 1 AND due_at > ?1"),
      next_due_(*database_, "SELECT min(due_at) FROM schedule") {}

SqliteTrackingStore::~SqliteTrackingStore() { rollback(); }

Result<std::vector<std::optional<StoredTracking>>, StoreError> SqliteTrackingStore::load(
    std::span<const ports::TrackingKey> keys) {
  return queries_.load(keys);
}

Result<std::vector<std::optional<StoredTracking>>, StoreError> SqliteTrackingStore::load(
    std::span<const TrackingId> ids) {
  return queries_.load(ids);
}

Result<ListPage, StoreError> SqliteTrackingStore::list(const ports::ListFilter& filter, std::int64_t offset,
                                                       std::int64_t limit) {
  return queries_.list(filter, offset, limit);
}

Result<void, StoreError> SqliteTrackingStore::read_list(const ports::ListFilter& filter, std::int64_t offset,
                                                        std::int64_t limit, ports::ListSink& sink) {
  return queries_.read_list(filter, offset, limit, sink);
}

Result<ports::StatusCounts, StoreError> SqliteTrackingStore::count_by_status(const ports::CountFilter& filter) {
  return queries_.count_by_status(filter);
}

Result<std::vector<std::optional<Schedule>>, StoreError> SqliteTrackingStore::schedules(
    std::span<const TrackingId> ids) {
  return queries_.schedules(ids);
}

Result<std::vector<domain::TransitTimes>, StoreError> SqliteTrackingStore::transit_times(
    domain::AccountId account, std::span<const domain::Route> routes) {
  return queries_.transit_times(account, routes);
}

Result<void, StoreError> SqliteTrackingStore::begin() { return Query(begin_).run(); }

Result<void, StoreError> SqliteTrackingStore::commit() {
  notifications_.end_transaction();
  auto committed = Query(commit_).run();
  if (!committed) rollback();
  return committed;
}

void SqliteTrackingStore::rollback() {
  notifications_.undo();
  // Some failures have rolled back already.
  if (in_transaction()) (void)Query(rollback_).run();
}

bool SqliteTrackingStore::in_transaction() const { return sqlite3_get_autocommit(database_->handle()) == 0; }

Result<void, StoreError> SqliteTrackingStore::save(std::span<const TrackingChange> changes) {
  if (!in_transaction()) return fail(StoreError::Broken);
  Tally tally;
  for (const TrackingChange& change : changes) {
    if (const auto saved = save_one(change, tally); !saved) return saved;
  }
  if (const auto counted = add_to_counters(tally); !counted) return counted;
  if (const auto counted = tally.transits.write(add_transits_); !counted) return counted;
  return fences_.note(std::move(tally.moves));
}

Result<void, StoreError> SqliteTrackingStore::save_one(const TrackingChange& change, Tally& tally) {
  const StoredTracking& after = change.after;
  const bool fresh = change.before == nullptr;
  Standing standing{.deleted = true};
  if (fresh) {
    const auto inserted = insert(after);
    if (!inserted) return fail(inserted.error());
    standing.seq = *inserted;
  } else {
    const auto found = standing_of(after);
    if (!found) return fail(found.error());
    standing = *found;
    if (const auto updated = update(standing, after); !updated) return updated;
  }
  tally_change(standing, after, tally);
  tally.transits.count(change);
  if (after.deleted || change.unscheduled) return fresh ? Result<void, StoreError>{} : unschedule(standing.seq);
  if (!change.schedule) return {};
  return fresh ? write_schedule(insert_schedule_, standing.seq, *change.schedule)
               : schedule(standing.seq, *change.schedule);
}

void SqliteTrackingStore::tally_change(const Standing& before, const StoredTracking& after, Tally& tally) {
  const Tracking& tracking = after.tracking;
  const std::int64_t account = tracking.account.value;
  if (!before.deleted) --tally.counts[{account, before.status, before.archived}];
  if (!after.deleted) ++tally.counts[{account, static_cast<std::int64_t>(tracking.status()), tracking.archived}];
  const bool stays = !before.deleted && !after.deleted && before.created_at == tracking.created_at;
  if (stays) return;
  if (!before.deleted) tally.moves.push_back({tracking.account, {before.created_at, before.seq}, -1});
  if (!after.deleted) tally.moves.push_back({tracking.account, {tracking.created_at, before.seq}, +1});
}

Result<std::int64_t, StoreError> SqliteTrackingStore::insert(const StoredTracking& stored) {
  Query query(insert_);
  const std::string folded = stored.tracking.number.folded();
  bind_tracking_key(query, stored.tracking, folded);
  bind_tracking_state(query, stored, body_);
  if (const auto done = query.run(); !done) return fail(done.error());
  return sqlite3_last_insert_rowid(database_->handle());
}

Result<SqliteTrackingStore::Standing, StoreError> SqliteTrackingStore::standing_of(const StoredTracking& stored) {
  const Tracking& tracking = stored.tracking;
  Query query(standing_);
  query.bind_blob(tracking.id.bytes());
  const auto row = query.next();
  if (!row) return fail(row.error());
  if (!*row || query.integer(4) != tracking.account.value) {
    log::error("sqlite", "a tracking to be changed is not there: {}", tracking.id.hex());
    return fail(StoreError::Broken);
  }
  Standing standing{.seq = query.integer(0),
                    .deleted = query.integer(1) != 0,
                    .status = query.integer(2),
                    .archived = query.integer(3),
                    .created_at = query.time(7)};
  standing.same_key = query.text(5) == tracking.number.folded() && query.text(6) == tracking.carrier.text();
  const std::string_view order_id = stored.deleted ? std::string_view{} : std::string_view(tracking.details.order_id);
  standing.same_place = standing.same_key && standing.deleted == stored.deleted &&
                        standing.created_at == tracking.created_at && query.text(8) == order_id;
  return standing;
}

Result<void, StoreError> SqliteTrackingStore::update(const Standing& standing, const StoredTracking& stored) {
  if (standing.same_place) {
    Query query(update_state_);
    bind_tracking_state(query, stored, body_);
    return query.bind(standing.seq).run();
  }
  if (const auto cleared = clear_way(standing, stored); !cleared) return cleared;
  Query query(update_all_);
  const std::string folded = stored.tracking.number.folded();
  bind_tracking_key(query, stored.tracking, folded);
  bind_tracking_state(query, stored, body_);
  return query.bind(standing.seq).run();
}

Result<void, StoreError> SqliteTrackingStore::clear_way(const Standing& standing, const StoredTracking& stored) {
  if (standing.same_key) return {};
  const std::string folded = stored.tracking.number.folded();
  Query query(drop_tombstone_);
  return query.bind(stored.tracking.account.value)
      .bind(std::string_view(folded))
      .bind(std::string_view(stored.tracking.carrier.text()))
      .run();
}

Result<void, StoreError> SqliteTrackingStore::write_schedule(Statement& statement, std::int64_t seq,
                                                             const Schedule& schedule) {
  return Query(statement)
      .bind(schedule.due_at)
      .bind(std::int64_t{schedule.failures})
      .bind(schedule.last_asked)
      .bind(std::int64_t{schedule.waiting})
      .bind(seq)
      .run();
}

Result<void, StoreError> SqliteTrackingStore::schedule(std::int64_t seq, const Schedule& schedule) {
  const auto updated = write_schedule(update_schedule_, seq, schedule);
  if (!updated || sqlite3_changes(database_->handle()) != 0) return updated;
  return write_schedule(insert_schedule_if_live_, seq, schedule);
}

Result<void, StoreError> SqliteTrackingStore::unschedule(std::int64_t seq) {
  return Query(delete_schedule_).bind(seq).run();
}

Result<void, StoreError> SqliteTrackingStore::add_to_counters(const Tally& tally) {
  for (const auto& [key, more] : tally.counts) {
    if (more == 0) continue;
    const auto& [account, status, archived] = key;
    Query query(add_to_counter_);
    if (const auto done = query.bind(account).bind(status).bind(archived).bind(more).run(); !done) return done;
  }
  return {};
}

Result<void, StoreError> SqliteTrackingStore::reschedule(std::span<const std::pair<TrackingId, Schedule>> schedules) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const auto& [id, next] : schedules) {
    Query query(seq_of_id_);
    const auto row = query.bind_blob(id.bytes()).next();
    if (!row) return fail(row.error());
    if (!*row) continue;
    if (const auto done = schedule(query.integer(0), next); !done) return done;
  }
  return {};
}

Result<std::vector<SqliteTrackingStore::Due>, StoreError> SqliteTrackingStore::due(Timestamp now, std::size_t limit) {
  std::vector<Due> due;
  Query query(due_);
  query.bind(now).bind(static_cast<std::int64_t>(limit));
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return due;
    due.push_back({.seq = query.integer(4), .schedule = read_schedule(query)});
  }
}

Result<std::vector<DueTracking>, StoreError> SqliteTrackingStore::claim_due(Timestamp now, Timestamp lease_until,
                                                                            std::size_t limit) {
  if (!in_transaction()) return fail(StoreError::Broken);
  auto found = due(now, limit);
  if (!found) return fail(found.error());
  std::vector<DueTracking> claimed;
  claimed.reserve(found->size());
  for (Due& each : *found) {
    Query lease(lease_);
    const auto leased = lease.bind(lease_until).bind(each.schedule.due_at).bind(each.seq).run();
    if (!leased) return fail(leased.error());
    Query load(load_by_seq_);
    const auto row = load.bind(each.seq).next();
    if (!row) return fail(row.error());
    StoredTracking stored;
    if (!*row || !read_tracking_row(load, stored)) {
      // Stays leased and comes again: one bad row must not keep all others from being asked.
      log::error("sqlite", "the row of the due tracking {} cannot be read", each.seq);
      continue;
    }
    claimed.push_back({.tracking = std::move(stored.tracking), .schedule = each.schedule});
  }
  return claimed;
}

Result<void, StoreError> SqliteTrackingStore::wake_waiting(Timestamp now) {
  if (!in_transaction()) return fail(StoreError::Broken);
  return Query(wake_waiting_).bind(now).run();
}

Result<std::optional<Timestamp>, StoreError> SqliteTrackingStore::next_due() {
  Query query(next_due_);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return query.optional_time(0);
}

}  // namespace parcelwake::store
