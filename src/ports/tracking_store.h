#pragma once

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/tracking/tracking.h"
#include "domain/transit_time/transit_times.h"
#include "ports/ledger_store.h"
#include "ports/notification_store.h"
#include "ports/store_error.h"
#include "ports/waybill_store.h"

namespace parcelwake::ports {

// What is unique: no account holds the same number of the same carrier twice.
struct TrackingKey {
  domain::AccountId account;
  std::string folded_number;
  domain::CarrierCode carrier;

  auto operator<=>(const TrackingKey&) const = default;
};

// A tracking as kept. A deleted one is a tombstone: it keeps id, key and first created_at so that adding the number
// again brings the same tracking back; its details and timelines are gone.
struct StoredTracking {
  domain::Tracking tracking;
  bool deleted = false;
};

// When a tracking is next looked at. What changes at every ask lives here and not in the tracking.
struct Schedule {
  Timestamp due_at{};
  unsigned failures = 0;                // failed asks in a row
  std::optional<Timestamp> last_asked;  // when a carrier last answered
  bool waiting = false;  // its carrier cannot be asked (no connector, no credentials): only ageing is looked at
};

// One row to write. `before` is what load() gave in this transaction, nothing for a new one.
struct TrackingChange {
  const StoredTracking* before = nullptr;
  StoredTracking after;
  // Nothing: the schedule stays as it is. A journey that ended is taken off it by unscheduled = true.
  std::optional<Schedule> schedule;
  bool unscheduled = false;
};

struct ListFilter {
  domain::AccountId account;
  std::optional<domain::Status> status;
  std::optional<domain::Status> other_status;  // beside `status`: either of the two
  std::optional<bool> announced;               // of status NotFound: Tracking::announced()
  std::optional<bool> archived;
  domain::CarrierCode carrier;  // empty: any
  // Instants, each end included. Rows without an order time are only left out when a bound on it is given.
  std::optional<Timestamp> created_min, created_max;
  std::optional<Timestamp> updated_min, updated_max;
  std::optional<Timestamp> ordered_min, ordered_max;
  std::vector<std::string> folded_numbers;  // any of these; empty: all
  std::vector<std::string> order_ids;       // any of these; empty: all
};

// Which trackings of an account are counted: bounds as in ListFilter.
struct CountFilter {
  domain::AccountId account;
  std::optional<Timestamp> created_min, created_max;
  std::optional<Timestamp> ordered_min, ordered_max;
};

using StatusCounts = std::array<std::int64_t, domain::kStatusCount>;  // by status

struct ListPage {
  std::vector<domain::Tracking> trackings;  // newest created_at first; of one moment in an order that never changes
  std::int64_t total = 0;                   // over all pages
};

// A tracking in one state, as a store tells it without reading the tracking. `row` is a number that the store has for
// it. Whatever a reader can see of one account's trackings, two states that compare equal show the same.
struct RowState {
  std::int64_t row = 0;
  Timestamp created_at{};
  Timestamp updated_at{};

  bool operator==(const RowState&) const = default;
};

// Is handed a page row by row.
class ListSink {
 public:
  virtual ~ListSink() = default;

  // First of all: how many trackings there are over all pages, and how many of them will be taken now.
  virtual void begin(std::int64_t total, std::int64_t rows) = 0;
  // Asked before a row is read, or made a tracking, by stores that can tell its state without. True: the sink has all
  // it wants of it, and take() is not called.
  virtual bool knows(const RowState& /*state*/) { return false; }
  // Newest created_at first.
  virtual void take(domain::Tracking&& tracking) = 0;
};

struct DueTracking {
  domain::Tracking tracking;
  Schedule schedule;
};

// Reads. One object is one connection: use it from one thread at a time. Deleted trackings are seen by load() alone.
class TrackingReader {
 public:
  virtual ~TrackingReader() = default;

  // One entry a key, in their order.
  virtual Result<std::vector<std::optional<StoredTracking>>, StoreError> load(std::span<const TrackingKey> keys) = 0;
  virtual Result<std::vector<std::optional<StoredTracking>>, StoreError> load(
      std::span<const domain::TrackingId> ids) = 0;

  // `offset` rows are passed over; at most `limit` come back.
  virtual Result<ListPage, StoreError> list(const ListFilter& filter, std::int64_t offset, std::int64_t limit) = 0;

  // The same, told to `sink`: a store may hand over each row as it finds it, so that a long page is never held whole.
  // After a failure, what was told is worthless.
  virtual Result<void, StoreError> read_list(const ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                             ListSink& sink) {
    auto page = list(filter, offset, limit);
    if (!page) return fail(page.error());
    sink.begin(page->total, static_cast<std::int64_t>(page->trackings.size()));
    for (domain::Tracking& tracking : page->trackings) sink.take(std::move(tracking));
    return {};
  }

  // The tracking of `key`, told to `sink` like the row of a page with nothing else on it; where there is none, or it is
  // deleted, the page has no row. After a failure, what was told is worthless.
  virtual Result<void, StoreError> read_one(const TrackingKey& key, ListSink& sink) {
    auto found = load(std::span(&key, 1));
    if (!found) return fail(found.error());
    auto& stored = found->front();
    const std::int64_t rows = stored && !stored->deleted ? 1 : 0;
    sink.begin(rows, rows);
    if (rows != 0) sink.take(std::move(stored->tracking));
    return {};
  }

  // The account's trackings that were created at `since` or later, oldest first and of one moment in the order in which
  // they were added, told to `take` one by one: as they all were at one moment. A store may read them as it tells them,
  // so that a whole account is never held. After a failure, what was told is worthless.
  using TakeTracking = std::function<void(const domain::Tracking&)>;
  virtual Result<void, StoreError> read_oldest_first(domain::AccountId account, Timestamp since,
                                                     const TakeTracking& take) {
    ListFilter filter;
    filter.account = account;
    filter.created_min = since;
    const auto page = list(filter, 0, std::numeric_limits<std::int64_t>::max());
    if (!page) return fail(page.error());
    for (std::size_t i = page->trackings.size(); i-- > 0;) take(page->trackings[i]);
    return {};
  }

  // How many trackings of each status there are, archived ones counted too.
  virtual Result<StatusCounts, StoreError> count_by_status(const CountFilter& filter) = 0;

  // One entry an id, in their order; nothing for one that is not scheduled.
  virtual Result<std::vector<std::optional<Schedule>>, StoreError> schedules(
      std::span<const domain::TrackingId> ids) = 0;

  // Balances, over the same connection. Lives as long as this object.
  virtual LedgerReader& ledger() = 0;

  // How the account's trackings on each route fared, in the routes' order: what transit_sample() says of those that are
  // not deleted. Kept up to date by save(), so that no tracking is read for it.
  virtual Result<std::vector<domain::TransitTimes>, StoreError> transit_times(
      domain::AccountId account, std::span<const domain::Route> routes) = 0;

  // The waybills of the same store, over the same connection.
  virtual WaybillReader& waybills() = 0;
};

// Writes. begin() … commit() is one transaction: all of it is durable once commit() returns, or none of it happened.
class TrackingStore : public TrackingReader {
 public:
  virtual Result<void, StoreError> begin() = 0;
  virtual Result<void, StoreError> commit() = 0;
  virtual void rollback() = 0;

  // Within a transaction. Later reads on this object see what was saved. Each key and id at most once in `changes`.
  // A tombstone that holds the key a tracking changes to gives way and is gone. Adding a key that is there, or changing
  // what is not, is a bug of the caller's and told as Broken; after any failure roll back.
  virtual Result<void, StoreError> save(std::span<const TrackingChange> changes) = 0;

  // Within a transaction. Schedules alone, for trackings that did not change themselves; one without a schedule gets
  // one.
  virtual Result<void, StoreError> reschedule(std::span<const std::pair<domain::TrackingId, Schedule>> schedules) = 0;

  // Within a transaction. Takes at most `limit` trackings that are due at `now`, soonest first, and leases them: none
  // of them is due again before `lease_until`, whatever becomes of the taker.
  virtual Result<std::vector<DueTracking>, StoreError> claim_due(Timestamp now, Timestamp lease_until,
                                                                 std::size_t limit) = 0;

  // Within a transaction. Makes every waiting tracking due at `now`: carriers may have become reachable.
  virtual Result<void, StoreError> wake_waiting(Timestamp now) = 0;

  WaybillStore& waybills() override = 0;

  // When the next tracking is due; nothing when none is scheduled.
  virtual Result<std::optional<Timestamp>, StoreError> next_due() = 0;

  // Writes within this store's transactions.
  LedgerStore& ledger() override = 0;

  // Endpoints and what they are told, likewise.
  virtual NotificationStore& notifications() = 0;
};

}  // namespace parcelwake::ports
