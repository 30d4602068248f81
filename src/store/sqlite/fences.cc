#include "store/sqlite/fences.h"

#include <algorithm>

namespace parcelwake::store {
namespace {

using domain::AccountId;
using ports::StoreError;

// Before and after every row there can be. The first fence of an account stands at kBegin.
constexpr ListPlace kBegin{.created_at = Timestamp::min(), .seq = 0};
constexpr ListPlace kEnd{.created_at = Timestamp::max(), .seq = INT64_MAX};

}  // namespace

Fences::Fences(SqliteDatabase& database, std::int64_t rows_per_fence)
    : rows_per_fence_(rows_per_fence),
      at_or_before_(database,
                    "SELECT created_at, seq, count FROM fence WHERE account = ? AND (created_at, seq) <= (?, ?) "
                    "ORDER BY created_at DESC, seq DESC LIMIT 1"),
      after_(database,
             "SELECT created_at, seq FROM fence WHERE account = ? AND (created_at, seq) > (?, ?) "
             "ORDER BY created_at, seq LIMIT 1"),
      write_(database, "INSERT OR REPLACE INTO fence (account, created_at, seq, count) VALUES (?, ?, ?, ?)"),
      remove_(database, "DELETE FROM fence WHERE account = ? AND created_at = ? AND seq = ?"),
      middle_(database,
              "SELECT created_at, seq FROM tracking INDEXED BY tracking_created WHERE deleted = 0 AND account = ? AND "
              "(created_at, seq) >= (?, ?) ORDER BY created_at, seq LIMIT 1 OFFSET ?"),
      newest_first_(database,
                    "SELECT created_at, seq, count FROM fence WHERE account = ? ORDER BY created_at DESC, seq DESC"),
      oldest_first_(database, "SELECT created_at, seq, count FROM fence WHERE account = ? ORDER BY created_at, seq"),
      count_between_(database,
                     "SELECT count(*) FROM tracking INDEXED BY tracking_created WHERE deleted = 0 AND account = ? AND "
                     "created_at >= ? AND (created_at, seq) < (?, ?)") {}

Result<void, StoreError> Fences::note(std::vector<Move> moves) {
  std::sort(moves.begin(), moves.end());
  for (auto move = moves.begin(); move != moves.end();) {
    const AccountId account = move->account;
    auto span = span_of(account, move->place);
    if (!span) return fail(span.error());
    const std::int64_t count_before = span->count;
    for (; move != moves.end() && move->account == account && move->place < span->end; ++move) span->count += move->by;
    if (span->count == count_before) continue;
    if (span->count > rows_per_fence_) {
      if (const auto done = split(account, *span); !done) return done;
    } else if (const auto done = write(account, span->begin, span->count); !done) {
      return done;
    }
  }
  return {};
}

Result<Fences::Span, StoreError> Fences::span_of(AccountId account, const ListPlace& place) {
  Span span{.begin = kBegin, .end = kEnd, .count = 0};
  {
    Query query(at_or_before_);
    const auto row = query.bind(account.value).bind(place.created_at).bind(place.seq).next();
    if (!row) return fail(row.error());
    if (*row) span = {.begin = {query.time(0), query.integer(1)}, .end = kEnd, .count = query.integer(2)};
  }
  Query query(after_);
  const auto row = query.bind(account.value).bind(place.created_at).bind(place.seq).next();
  if (!row) return fail(row.error());
  if (*row) span.end = {query.time(0), query.integer(1)};
  return span;
}

Result<void, StoreError> Fences::write(AccountId account, const ListPlace& begin, std::int64_t count) {
  // The span of a fence that is taken away falls to the one before it.
  const bool needed = count != 0 || begin == kBegin;
  Query query(needed ? write_ : remove_);
  query.bind(account.value).bind(begin.created_at).bind(begin.seq);
  if (needed) query.bind(count);
  return query.run();
}

Result<void, StoreError> Fences::split(AccountId account, Span span) {
  // Lists grow at their newer end: what stays behind is full.
  while (span.count > rows_per_fence_) {
    const std::int64_t kept = rows_per_fence_ / 2;
    if (const auto done = write(account, span.begin, kept); !done) return done;
    Query query(middle_);
    query.bind(account.value).bind(span.begin.created_at).bind(span.begin.seq).bind(kept);
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return fail(StoreError::Broken);
    span.begin = {query.time(0), query.integer(1)};
    span.count -= kept;
  }
  return write(account, span.begin, span.count);
}

Result<std::int64_t, StoreError> Fences::count_from(AccountId account, Timestamp from) {
  std::int64_t count = 0;
  ListPlace end = kEnd;
  {
    Query query(newest_first_);
    query.bind(account.value);
    for (;;) {
      const auto row = query.next();
      if (!row) return fail(row.error());
      if (!*row) return count;
      const ListPlace begin{query.time(0), query.integer(1)};
      if (begin.created_at < from) break;
      count += query.integer(2);
      end = begin;
    }
  }
  Query query(count_between_);
  const auto row = query.bind(account.value).bind(from).bind(end.created_at).bind(end.seq).next();
  if (!row) return fail(row.error());
  return count + query.integer(0);
}

Result<Fences::Way, StoreError> Fences::way_to(AccountId account, std::int64_t depth, std::int64_t rows,
                                               std::optional<std::int64_t> total) {
  const auto spot =
      total && depth > *total / 2 ? spot_from_oldest(account, depth, *total) : spot_from_newest(account, depth);
  if (!spot) return fail(spot.error());
  const std::int64_t older = spot->span.count - spot->newer - rows;  // below zero: of the next fence
  if (older >= 0 && older < spot->newer)
    return Way{.from_older_end = true, .from = spot->span.begin, .passed_over = older};
  return Way{.from_older_end = false, .from = spot->span.end, .passed_over = spot->newer};
}

Result<Fences::Spot, StoreError> Fences::spot_from_newest(AccountId account, std::int64_t depth) {
  Spot spot{.span = {.begin = kBegin, .end = kEnd, .count = 0}, .newer = depth};
  Query query(newest_first_);
  query.bind(account.value);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return spot;
    spot.span.begin = {query.time(0), query.integer(1)};
    spot.span.count = query.integer(2);
    if (spot.newer < spot.span.count) return spot;
    spot.newer -= spot.span.count;
    spot.span.end = spot.span.begin;
  }
}

Result<Fences::Spot, StoreError> Fences::spot_from_oldest(AccountId account, std::int64_t depth, std::int64_t total) {
  Spot spot{.span = {.begin = kBegin, .end = kEnd, .count = 0}, .newer = depth};
  std::int64_t newer = total;  // than all that the fences before this one count
  Query query(oldest_first_);
  query.bind(account.value);
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return spot;
    const ListPlace begin{query.time(0), query.integer(1)};
    if (newer <= depth) {
      spot.span.end = begin;
      return spot;
    }
    newer -= query.integer(2);
    spot = {.span = {.begin = begin, .end = kEnd, .count = query.integer(2)}, .newer = depth - newer};
  }
}

}  // namespace parcelwake::store
