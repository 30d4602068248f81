#include "store/sqlite/sqlite_notification_store.h"

#include <algorithm>
#include <cstring>

#include "base/observe/log.h"
#include "store/codec/snapshot_codec.h"

namespace parcelwake::store {

using domain::Delivery;
using domain::DeliveryId;
using domain::Endpoint;
using domain::EndpointId;
using domain::Notice;
using domain::TrackingId;
using ports::StoreError;

namespace {

template <std::size_t N>
bool read_bytes(std::string_view bytes, std::array<std::uint8_t, N>& out) {
  if (bytes.size() != N) return false;
  std::memcpy(out.data(), bytes.data(), N);
  return true;
}

// Columns of endpoints_. A secret of another length is not ours and stays zero: nothing that it signs is believed.
Endpoint read_endpoint(const Query& query) {
  Endpoint endpoint{.id = {query.integer(0)},
                    .account = {query.integer(1)},
                    .url = std::string(query.text(2)),
                    .dialect = std::string(query.text(3)),
                    .statuses = domain::StatusSet::from_bits(static_cast<std::uint32_t>(query.integer(4))),
                    .secret = {},
                    .created_at = query.time(6),
                    .disabled = static_cast<domain::Disabled>(query.integer(7)),
                    .failing_since = query.optional_time(8),
                    .last_tried = query.optional_time(9),
                    .last_outcome = std::string(query.text(10))};
  (void)read_bytes(query.blob(5), endpoint.secret);
  return endpoint;
}

// Columns of due_.
bool read_delivery(const Query& query, Delivery& delivery) {
  std::array<std::uint8_t, 16> id{};
  if (!read_bytes(query.blob(3), id)) return false;
  domain::Tracking& tracking = delivery.notice.tracking;
  tracking.id = TrackingId::from_bytes(id);
  tracking.account = {query.integer(2)};
  delivery.notice.sequence = query.integer(4);
  delivery.notice.changed_at = query.time(5);
  delivery.failures = static_cast<unsigned>(query.integer(6));
  return read_tracking_snapshot(query.blob(7), tracking);
}

}  // namespace

SqliteNotificationStore::SqliteNotificationStore(SqliteDatabase& database)
    : database_(database),
      data_version_(database, "PRAGMA data_version"),
      listeners_of_(database, "SELECT DISTINCT account FROM endpoint WHERE disabled = 0"),
      endpoints_(database,
                 "SELECT id, account, url, dialect, statuses, secret, created_at, disabled, failing_since, last_tried, "
                 "last_outcome FROM endpoint ORDER BY id"),
      add_endpoint_(database,
                    "INSERT INTO endpoint (url, dialect, statuses, secret, disabled, failing_since, last_tried, "
                    "last_outcome, account, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      update_endpoint_(database,
                       "UPDATE endpoint SET url = ?, dialect = ?, statuses = ?, secret = ?, disabled = ?, "
                       "failing_since = ?, last_tried = ?, last_outcome = ? WHERE id = ?"),
      remove_endpoint_(database, "DELETE FROM endpoint WHERE id = ?"),
      next_sequence_(database,
                     "INSERT INTO told (tracking, sequence) VALUES (?, 1) "
                     "ON CONFLICT (tracking) DO UPDATE SET sequence = sequence + 1 RETURNING sequence"),
      note_(database,
            "INSERT INTO outbox (bucket, account, tracking, status, sequence, changed_at, snapshot) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      noted_(database, "SELECT id, account, status FROM outbox ORDER BY id LIMIT ?"),
      fan_out_(database,
               "INSERT INTO delivery (endpoint, bucket, account, tracking, sequence, changed_at, failures, due_at, "
               "waiting, snapshot) SELECT ?1, bucket, account, tracking, sequence, changed_at, 0, ?2, "
               "EXISTS (SELECT 1 FROM delivery AS older WHERE older.endpoint = ?1 AND "
               "older.tracking = outbox.tracking), snapshot FROM outbox WHERE id = ?3"),
      leave_outbox_(database, "DELETE FROM outbox WHERE id = ?"),
      next_endpoint_(database,
                     "SELECT endpoint, due_at FROM delivery WHERE waiting = 0 AND endpoint > ? "
                     "ORDER BY endpoint, due_at LIMIT 1"),
      due_(database,
           "SELECT id, endpoint, account, tracking, sequence, changed_at, failures, snapshot FROM delivery "
           "WHERE waiting = 0 AND endpoint = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?"),
      lease_(database, "UPDATE delivery SET due_at = ? WHERE id = ?"),
      finish_(database, "DELETE FROM delivery WHERE id = ? RETURNING endpoint, tracking"),
      let_next_go_(database,
                   "UPDATE delivery SET waiting = 0, due_at = ? WHERE id = "
                   "(SELECT min(id) FROM delivery WHERE endpoint = ? AND tracking = ?)"),
      put_off_(database, "UPDATE delivery SET failures = ?, due_at = ? WHERE id = ?"),
      drop_deliveries_(database, "DELETE FROM delivery WHERE endpoint = ?"),
      pending_(database, "SELECT count(*) FROM delivery WHERE endpoint = ?") {}

bool SqliteNotificationStore::in_transaction() const { return sqlite3_get_autocommit(database_.handle()) == 0; }

Result<std::vector<Endpoint>, StoreError> SqliteNotificationStore::endpoints() {
  std::vector<Endpoint> found;
  Query query(endpoints_);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return found;
    found.push_back(read_endpoint(query));
  }
}

namespace {

// The first eight parameters of add_endpoint_ and update_endpoint_.
void bind_endpoint(Query& query, const Endpoint& endpoint) {
  query.bind(std::string_view(endpoint.url)).bind(std::string_view(endpoint.dialect));
  query.bind(std::int64_t{endpoint.statuses.bits()}).bind_blob(endpoint.secret);
  query.bind(static_cast<std::int64_t>(endpoint.disabled)).bind(endpoint.failing_since).bind(endpoint.last_tried);
  query.bind(std::string_view(endpoint.last_outcome));
}

}  // namespace

Result<Endpoint, StoreError> SqliteNotificationStore::add_endpoint(const Endpoint& endpoint) {
  if (!in_transaction()) return fail(StoreError::Broken);
  listeners_version_.reset();
  Query query(add_endpoint_);
  bind_endpoint(query, endpoint);
  const auto added = query.bind(endpoint.account.value).bind(endpoint.created_at).run();
  if (!added) return fail(added.error());
  Endpoint kept = endpoint;
  kept.id.value = sqlite3_last_insert_rowid(database_.handle());
  return kept;
}

Result<bool, StoreError> SqliteNotificationStore::update_endpoint(const Endpoint& endpoint) {
  if (!in_transaction()) return fail(StoreError::Broken);
  listeners_version_.reset();
  Query query(update_endpoint_);
  bind_endpoint(query, endpoint);
  if (const auto updated = query.bind(endpoint.id.value).run(); !updated) return fail(updated.error());
  return sqlite3_changes(database_.handle()) != 0;
}

Result<bool, StoreError> SqliteNotificationStore::remove_endpoint(EndpointId endpoint) {
  if (!in_transaction()) return fail(StoreError::Broken);
  listeners_version_.reset();
  if (const auto dropped = drop_deliveries(endpoint); !dropped) return fail(dropped.error());
  if (const auto removed = Query(remove_endpoint_).bind(endpoint.value).run(); !removed) return fail(removed.error());
  return sqlite3_changes(database_.handle()) != 0;
}

Result<bool, StoreError> SqliteNotificationStore::is_listening(domain::AccountId account) {
  if (!listeners_are_current_ || !listeners_version_) {
    if (const auto read = read_listeners(); !read) return fail(read.error());
  }
  listeners_are_current_ = in_transaction();
  return listeners_.contains(account);
}

// Reads them anew where this connection changed endpoints, or another one changed anything.
Result<void, StoreError> SqliteNotificationStore::read_listeners() {
  std::int64_t version = 0;
  {
    Query query(data_version_);
    const auto row = query.next();
    if (!row) return fail(row.error());
    version = query.integer(0);
  }
  if (listeners_version_ == version) return {};
  listeners_version_.reset();
  listeners_.clear();
  Query query(listeners_of_);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) break;
    listeners_.insert({query.integer(0)});
  }
  listeners_version_ = version;
  return {};
}

Result<std::int64_t, StoreError> SqliteNotificationStore::next_sequence(const TrackingId& tracking) {
  Query query(next_sequence_);
  const auto row = query.bind_blob(tracking.bytes()).next();
  if (!row) return fail(row.error());
  return query.integer(0);
}

Result<void, StoreError> SqliteNotificationStore::note(std::span<const Notice> notices) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const Notice& notice : notices) {
    const domain::Tracking& tracking = notice.tracking;
    const auto sequence = next_sequence(tracking.id);
    if (!sequence) return fail(sequence.error());
    snapshot_.clear();
    append_tracking_snapshot(tracking, snapshot_);
    Query query(note_);
    query.bind(std::int64_t{tracking.bucket()}).bind(tracking.account.value).bind_blob(tracking.id.bytes());
    query.bind(static_cast<std::int64_t>(tracking.status())).bind(*sequence).bind(notice.changed_at);
    if (const auto kept = query.bind_blob(std::string_view(snapshot_)).run(); !kept) return kept;
  }
  return {};
}

Result<std::vector<ports::NotedChange>, StoreError> SqliteNotificationStore::noted(std::size_t limit) {
  std::vector<ports::NotedChange> found;
  Query query(noted_);
  query.bind(static_cast<std::int64_t>(limit));
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return found;
    found.push_back({.id = {query.integer(0)},
                     .account = {query.integer(1)},
                     .status = static_cast<domain::Status>(query.integer(2))});
  }
}

Result<void, StoreError> SqliteNotificationStore::fan_out(ports::NoticeId notice, std::span<const EndpointId> endpoints,
                                                          Timestamp now) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const EndpointId endpoint : endpoints) {
    const auto made = Query(fan_out_).bind(endpoint.value).bind(now).bind(notice.value).run();
    if (!made) return made;
  }
  return Query(leave_outbox_).bind(notice.value).run();
}

// One seek for each endpoint that has anything to be sent, however much that is.
Result<std::vector<SqliteNotificationStore::Waiting>, StoreError> SqliteNotificationStore::endpoints_with_due(
    Timestamp now) {
  std::vector<Waiting> waiting;
  std::int64_t last = 0;
  for (;;) {
    Query query(next_endpoint_);
    const auto row = query.bind(last).next();
    if (!row) return fail(row.error());
    if (!*row) break;
    last = query.integer(0);
    if (query.time(1) <= now) waiting.push_back({.endpoint = {last}, .due_at = query.time(1)});
  }
  std::sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) { return a.due_at < b.due_at; });
  return waiting;
}

Result<void, StoreError> SqliteNotificationStore::read_due(const Waiting& from, Timestamp now, std::size_t room,
                                                           std::vector<Delivery>& due,
                                                           std::vector<DeliveryId>& unreadable) {
  Query query(due_);
  query.bind(from.endpoint.value).bind(now).bind(static_cast<std::int64_t>(room));
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return {};
    Delivery delivery{.id = {query.integer(0)}, .endpoint = from.endpoint, .failures = 0, .notice = {}};
    if (read_delivery(query, delivery)) {
      due.push_back(std::move(delivery));
    } else {
      log::error("sqlite", "the row of delivery {} cannot be read; it is dropped", delivery.id.value);
      unreadable.push_back(delivery.id);
    }
  }
}

Result<std::vector<Delivery>, StoreError> SqliteNotificationStore::claim(const ports::ClaimLimits& limits,
                                                                         Timestamp now, Timestamp lease_until) {
  if (!in_transaction()) return fail(StoreError::Broken);
  const auto waiting = endpoints_with_due(now);
  if (!waiting) return fail(waiting.error());
  std::vector<Delivery> claimed;
  std::vector<DeliveryId> unreadable;
  for (const Waiting& from : *waiting) {
    const auto held = limits.under_way.find(from.endpoint);
    const std::size_t busy = held == limits.under_way.end() ? 0 : held->second;
    const std::size_t room = std::min(limits.per_endpoint - std::min(busy, limits.per_endpoint),
                                      limits.deliveries - std::min(claimed.size(), limits.deliveries));
    if (room == 0) continue;
    if (const auto read = read_due(from, now, room, claimed, unreadable); !read) return fail(read.error());
  }
  for (const Delivery& delivery : claimed) {
    const auto leased = Query(lease_).bind(lease_until).bind(delivery.id.value).run();
    if (!leased) return fail(leased.error());
  }
  if (const auto dropped = finish(unreadable, now); !dropped) return fail(dropped.error());
  return claimed;
}

Result<void, StoreError> SqliteNotificationStore::finish_one(DeliveryId delivery, Timestamp now) {
  Query query(finish_);
  const auto row = query.bind(delivery.value).next();
  if (!row) return fail(row.error());
  if (!*row) return {};
  const std::int64_t endpoint = query.integer(0);
  const std::string tracking(query.blob(1));
  if (const auto done = query.run(); !done) return done;
  return Query(let_next_go_).bind(now).bind(endpoint).bind_blob(std::string_view(tracking)).run();
}

Result<void, StoreError> SqliteNotificationStore::finish(std::span<const DeliveryId> deliveries, Timestamp now) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const DeliveryId delivery : deliveries) {
    if (const auto finished = finish_one(delivery, now); !finished) return finished;
  }
  return {};
}

Result<void, StoreError> SqliteNotificationStore::put_off(std::span<const ports::PutOff> deliveries) {
  if (!in_transaction()) return fail(StoreError::Broken);
  for (const ports::PutOff& each : deliveries) {
    const auto kept =
        Query(put_off_).bind(std::int64_t{each.failures}).bind(each.due_at).bind(each.delivery.value).run();
    if (!kept) return kept;
  }
  return {};
}

Result<std::int64_t, StoreError> SqliteNotificationStore::drop_deliveries(EndpointId endpoint) {
  if (!in_transaction()) return fail(StoreError::Broken);
  if (const auto dropped = Query(drop_deliveries_).bind(endpoint.value).run(); !dropped) return fail(dropped.error());
  return std::int64_t{sqlite3_changes(database_.handle())};
}

Result<std::int64_t, StoreError> SqliteNotificationStore::pending(EndpointId endpoint) {
  Query query(pending_);
  const auto row = query.bind(endpoint.value).next();
  if (!row) return fail(row.error());
  return query.integer(0);
}

}  // namespace parcelwake::store
