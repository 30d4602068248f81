#include "store/sqlite/tracking_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "store/sqlite/tracking_row.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;
using ports::ListFilter;
using ports::ListSink;
using ports::RowState;
using ports::StoreError;

constexpr const char* kMatchColumns =
    "SELECT seq, created_at, updated_at, order_at, status, archived, order_id, carrier, announced FROM tracking ";
// Covered by both listing indexes.
constexpr const char* kStateColumns = "SELECT seq, created_at, updated_at FROM tracking ";

RowState read_state(const Query& query) {
  return {.row = query.integer(0), .created_at = query.time(1), .updated_at = query.time(2)};
}

bool counted(const ListFilter& f) {
  return !f.announced && f.carrier.empty() && !f.created_min && !f.created_max && !f.updated_min && !f.updated_max &&
         !f.ordered_min && !f.ordered_max;
}

// Bounds on created_at cut one piece out of the account's list: fences tell where it lies.
bool fenced(const ListFilter& f) {
  return !f.status && !f.announced && !f.archived && f.carrier.empty() && !f.updated_min && !f.updated_max &&
         !f.ordered_min && !f.ordered_max;
}

const char* of_status(const ListFilter& f) {
  if (!f.status) return "";
  return f.other_status ? " AND status IN (?, ?)" : " AND status = ?";
}

// The rows that fit `f`, by the index that covers all of its conditions.
std::string scan_of(const ListFilter& f) {
  const bool of_one_status = f.status && !f.other_status;
  std::string sql = of_one_status ? "INDEXED BY tracking_status WHERE deleted = 0 AND account = ?"
                                  : "INDEXED BY tracking_created WHERE deleted = 0 AND account = ?";
  sql += of_status(f);
  if (f.announced) sql += " AND announced = ?";
  if (f.archived) sql += " AND archived = ?";
  if (!f.carrier.empty()) sql += " AND carrier = ?";
  if (f.created_min) sql += " AND created_at >= ?";
  if (f.created_max) sql += " AND created_at <= ?";
  if (f.updated_min) sql += " AND updated_at >= ?";
  if (f.updated_max) sql += " AND updated_at <= ?";
  if (f.ordered_min) sql += " AND order_at >= ?";
  if (f.ordered_max) sql += " AND order_at <= ?";
  return sql;
}

bool has_status(std::int64_t status, const ListFilter& f) {
  const auto found = static_cast<domain::Status>(status);
  return !f.status || found == *f.status || found == f.other_status;
}

void bind_scan(Query& query, const ListFilter& f) {
  query.bind(f.account.value);
  if (f.status) query.bind(static_cast<std::int64_t>(*f.status));
  if (f.status && f.other_status) query.bind(static_cast<std::int64_t>(*f.other_status));
  if (f.announced) query.bind(std::int64_t{*f.announced});
  if (f.archived) query.bind(std::int64_t{*f.archived});
  if (!f.carrier.empty()) query.bind(std::string_view(f.carrier.text()));
  for (const auto& bound : {f.created_min, f.created_max, f.updated_min, f.updated_max, f.ordered_min, f.ordered_max}) {
    if (bound) query.bind(*bound);
  }
}

bool within(const std::optional<Timestamp>& at, const std::optional<Timestamp>& min,
            const std::optional<Timestamp>& max) {
  if (!min && !max) return true;
  return at && (!min || *at >= *min) && (!max || *at <= *max);
}

}  // namespace

TrackingList::TrackingList(SqliteDatabase& database)
    : database_(database),
      by_number_(database, std::string(kMatchColumns) + "WHERE account = ? AND number = ? AND deleted = 0"),
      by_order_id_(database, std::string(kMatchColumns) +
                                 "INDEXED BY tracking_order WHERE account = ? AND order_id = ? AND deleted = 0"),
      by_seq_(database, select_tracking("WHERE seq = ?")),
      older_(database, std::string(kStateColumns) +
                           "INDEXED BY tracking_created WHERE deleted = 0 AND account = ? AND (created_at, seq) < "
                           "(?, ?) ORDER BY created_at DESC, seq DESC LIMIT ? OFFSET ?"),
      newer_(database, std::string(kStateColumns) +
                           "INDEXED BY tracking_created WHERE deleted = 0 AND account = ? AND (created_at, seq) >= "
                           "(?, ?) ORDER BY created_at, seq LIMIT ? OFFSET ?"),
      oldest_first_(database,
                    select_tracking("INDEXED BY tracking_created WHERE deleted = 0 AND account = ? AND created_at >= ? "
                                    "ORDER BY created_at, seq")),
      fences_(database) {}

Result<void, StoreError> TrackingList::read(const ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                            ListSink& sink) {
  offset = std::max<std::int64_t>(offset, 0);
  limit = std::max<std::int64_t>(limit, 0);
  if (!filter.folded_numbers.empty() || !filter.order_ids.empty()) return read_by_look_up(filter, offset, limit, sink);
  return fenced(filter) ? read_by_fences(filter, offset, limit, sink) : read_by_scan(filter, offset, limit, sink);
}

Statement& TrackingList::statement(std::string sql) { return scans_.try_emplace(sql, database_, sql).first->second; }

Result<std::int64_t, StoreError> TrackingList::total(const ListFilter& filter) {
  std::string sql;
  if (counted(filter)) {
    sql = "SELECT ifnull(sum(count), 0) FROM counter WHERE account = ?";
    sql += of_status(filter);
    if (filter.archived) sql += " AND archived = ?";
  } else {
    sql = "SELECT count(*) FROM tracking " + scan_of(filter);
  }
  Query query(statement(std::move(sql)));
  bind_scan(query, filter);
  const auto row = query.next();
  if (!row) return fail(row.error());
  return query.integer(0);
}

Result<ports::StatusCounts, StoreError> TrackingList::count_by_status(const ports::CountFilter& filter) {
  ListFilter of_status;
  of_status.account = filter.account;
  of_status.created_min = filter.created_min;
  of_status.created_max = filter.created_max;
  of_status.ordered_min = filter.ordered_min;
  of_status.ordered_max = filter.ordered_max;
  ports::StatusCounts counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    of_status.status = static_cast<domain::Status>(i);
    const auto count = total(of_status);
    if (!count) return fail(count.error());
    counts[i] = *count;
  }
  return counts;
}

Result<void, StoreError> TrackingList::read_by_scan(const ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                                    ListSink& sink) {
  const auto all = total(filter);
  if (!all) return fail(all.error());
  const std::int64_t rows = std::min(limit, *all - std::min(offset, *all));
  sink.begin(*all, rows);
  if (rows == 0) return {};
  const bool from_far_end = offset > *all / 2;
  const std::int64_t passed_over = from_far_end ? *all - offset - rows : offset;
  Query query(statement(fmt::format("{0}{1} ORDER BY created_at {2}, seq {2} LIMIT ? OFFSET ?", kStateColumns,
                                    scan_of(filter), from_far_end ? "ASC" : "DESC")));
  bind_scan(query, filter);
  query.bind(rows).bind(passed_over);
  return tell_found(query, rows, from_far_end ? Order::OldestFirst : Order::NewestFirst, sink);
}

Result<void, StoreError> TrackingList::read_by_fences(const ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                                      ListSink& sink) {
  ListFilter whole;
  whole.account = filter.account;
  const auto not_older =
      filter.created_min ? fences_.count_from(filter.account, *filter.created_min) : this->total(whole);
  if (!not_older) return fail(not_older.error());
  std::int64_t newer = 0;
  if (filter.created_max && *filter.created_max < Timestamp::max()) {
    const auto counted_newer = fences_.count_from(filter.account, *filter.created_max + Timestamp::duration{1});
    if (!counted_newer) return fail(counted_newer.error());
    newer = *counted_newer;
  }
  const std::int64_t total = std::max<std::int64_t>(*not_older - newer, 0);
  const std::int64_t rows = std::min(limit, total - std::min(offset, total));
  sink.begin(total, rows);
  if (rows == 0) return {};
  const auto whole_list = filter.created_min ? std::nullopt : std::optional(*not_older);
  const auto way = fences_.way_to(filter.account, newer + offset, rows, whole_list);
  if (!way) return fail(way.error());
  const bool oldest_first = way->from_older_end;
  Query query(oldest_first ? newer_ : older_);
  query.bind(filter.account.value).bind(way->from.created_at).bind(way->from.seq).bind(rows).bind(way->passed_over);
  return tell_found(query, rows, oldest_first ? Order::OldestFirst : Order::NewestFirst, sink);
}

Result<void, StoreError> TrackingList::tell_found(Query& query, std::int64_t rows, Order order, ListSink& sink) {
  std::vector<RowState> states;
  states.reserve(static_cast<std::size_t>(rows));
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) break;
    states.push_back(read_state(query));
  }
  if (order == Order::OldestFirst) std::reverse(states.begin(), states.end());
  return tell(states, sink);
}

Result<void, StoreError> TrackingList::tell(std::span<const RowState> states, ListSink& sink) {
  Tracking tracking;  // the rows share its room, as far as the sink leaves it there
  for (const RowState& state : states) {
    if (sink.knows(state)) continue;
    Query query(by_seq_);
    const auto row = query.bind(state.row).next();
    if (!row) return fail(row.error());
    if (const auto read = read_listed_row(query, tracking); !read) return read;
    sink.take(std::move(tracking));
  }
  return {};
}

Result<void, StoreError> TrackingList::read_oldest_first(domain::AccountId account, Timestamp since,
                                                         const ports::TrackingReader::TakeTracking& take) {
  Query query(oldest_first_);
  query.bind(account.value).bind(since);
  Tracking tracking;
  for (;;) {
    const auto row = query.next();
    if (!row) return fail(row.error());
    if (!*row) return {};
    if (const auto read = read_listed_row(query, tracking); !read) return read;
    take(tracking);
  }
}

Result<std::vector<RowState>, StoreError> TrackingList::look_up(const ListFilter& filter) {
  const bool by_number = !filter.folded_numbers.empty();
  const auto& named = by_number ? filter.folded_numbers : filter.order_ids;
  const std::set<std::string, std::less<>> order_ids(filter.order_ids.begin(), filter.order_ids.end());
  std::vector<RowState> matches;
  for (const std::string& text : std::set<std::string>(named.begin(), named.end())) {
    Query query(by_number ? by_number_ : by_order_id_);
    query.bind(filter.account.value).bind(std::string_view(text));
    for (;;) {
      const auto row = query.next();
      if (!row) return fail(row.error());
      if (!*row) break;
      const bool fits = (order_ids.empty() || order_ids.contains(query.text(6))) &&
                        has_status(query.integer(4), filter) &&
                        (!filter.archived || (query.integer(5) != 0) == *filter.archived) &&
                        (filter.carrier.empty() || query.text(7) == filter.carrier.text()) &&
                        (!filter.announced || (query.integer(8) != 0) == *filter.announced) &&
                        within(query.time(1), filter.created_min, filter.created_max) &&
                        within(query.time(2), filter.updated_min, filter.updated_max) &&
                        within(query.optional_time(3), filter.ordered_min, filter.ordered_max);
      if (fits) matches.push_back(read_state(query));
    }
  }
  return matches;
}

Result<void, StoreError> TrackingList::read_by_look_up(const ListFilter& filter, std::int64_t offset,
                                                       std::int64_t limit, ListSink& sink) {
  auto matches = look_up(filter);
  if (!matches) return fail(matches.error());
  std::sort(matches->begin(), matches->end(), [](const RowState& a, const RowState& b) {
    return std::tie(a.created_at, a.row) > std::tie(b.created_at, b.row);
  });
  const auto total = static_cast<std::int64_t>(matches->size());
  const std::int64_t begin = std::min(offset, total);
  const std::int64_t end = begin + std::min(limit, total - begin);
  sink.begin(total, end - begin);
  return tell(std::span(*matches).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)),
              sink);
}

}  // namespace parcelwake::store
