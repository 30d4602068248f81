#include "store/sqlite/transit_counts.h"

#include "base/observe/log.h"
#include "store/sqlite/tracking_row.h"

namespace parcelwake::store {
namespace {

using domain::TransitSample;
using domain::TransitTimes;
using ports::StoredTracking;
using ports::StoreError;

// In the place of days.
constexpr std::int64_t kNotDelivered = -1;
constexpr std::int64_t kDaysUnknown = -2;

std::int64_t days_column(const TransitSample& sample) {
  if (!sample.delivered) return kNotDelivered;
  return sample.days ? *sample.days : kDaysUnknown;
}

std::optional<TransitSample> sample_of(const StoredTracking* stored) {
  return stored == nullptr || stored->deleted ? std::nullopt : domain::transit_sample(stored->tracking);
}

Result<bool, StoreError> is_wanted(SqliteDatabase& database) {
  Statement statement(database, "DELETE FROM recount WHERE what = 'transit_count' RETURNING what");
  return Query(statement).next();
}

}  // namespace

void TransitTally::count(const ports::TrackingChange& change) {
  const auto before = sample_of(change.before);
  const auto after = sample_of(&change.after);
  if (before == after) return;
  if (before) add(change.before->tracking.account, *before, -1);
  if (after) add(change.after.tracking.account, *after, +1);
}

void TransitTally::add(const StoredTracking& stored, std::int64_t count) {
  if (const auto sample = sample_of(&stored)) add(stored.tracking.account, *sample, count);
}

void TransitTally::add(domain::AccountId account, const TransitSample& sample, std::int64_t count) {
  counts_[{.account = account, .route = sample.route, .days = days_column(sample)}] += count;
}

Result<void, StoreError> TransitTally::write(Statement& add) const {
  for (const auto& [key, count] : counts_) {
    if (count == 0) continue;
    Query query(add);
    query.bind(key.account.value).bind(std::string_view(key.route.carrier.text()));
    query.bind(std::string_view(key.route.origin)).bind(std::string_view(key.route.destination));
    if (const auto done = query.bind(key.days).bind(count).run(); !done) return done;
  }
  return {};
}

Result<TransitTimes, StoreError> read_transit_times(Statement& select, domain::AccountId account,
                                                    const domain::Route& route) {
  TransitTimes times;
  Query query(select);
  query.bind(account.value).bind(std::string_view(route.carrier.text()));
  query.bind(std::string_view(route.origin)).bind(std::string_view(route.destination));
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return times;
    const std::int64_t days = query.integer(0);
    const std::int64_t count = query.integer(1);
    times.total += count;
    if (days != kNotDelivered) times.delivered += count;
    if (days >= 0 && count != 0) times.by_days.push_back({.days = static_cast<int>(days), .delivered = count});
  }
}

Result<void, StoreError> recount_transits(SqliteDatabase& database) {
  const auto wanted = is_wanted(database);
  if (!wanted) return fail(wanted.error());
  if (!*wanted) return {};
  TransitTally tally;
  Statement all(database, select_tracking("WHERE deleted = 0"));
  Query query(all);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) break;
    StoredTracking stored;
    if (read_tracking_row(query, stored)) {
      tally.add(stored, +1);
    } else {
      log::error("sqlite", "a tracking's row cannot be read: it is left out of the transit times");
    }
  }
  Statement add(database, kAddTransitCount);
  return tally.write(add);
}

}  // namespace parcelwake::store
