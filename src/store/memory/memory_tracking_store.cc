#include "store/memory/memory_tracking_store.h"

#include <algorithm>

namespace parcelwake::store {

using domain::Route;
using domain::Tracking;
using domain::TrackingId;
using domain::TransitTimes;
using ports::DueTracking;
using ports::ListFilter;
using ports::ListPage;
using ports::Schedule;
using ports::StoredTracking;
using ports::StoreError;
using ports::TrackingChange;
using ports::TrackingKey;

namespace {

TrackingKey key_of(const Tracking& tracking) {
  return {.account = tracking.account, .folded_number = tracking.number.folded(), .carrier = tracking.carrier};
}

// What is kept of a deleted tracking.
StoredTracking tombstone_of(const Tracking& tracking) {
  StoredTracking tombstone{.tracking = {}, .deleted = true};
  tombstone.tracking.id = tracking.id;
  tombstone.tracking.account = tracking.account;
  tombstone.tracking.number = domain::TrackingNumber::trusted(tracking.number.folded());
  tombstone.tracking.carrier = tracking.carrier;
  tombstone.tracking.created_at = tracking.created_at;
  tombstone.tracking.updated_at = tracking.updated_at;
  return tombstone;
}

bool within(const std::optional<Timestamp>& at, const std::optional<Timestamp>& min,
            const std::optional<Timestamp>& max) {
  if (!min && !max) return true;
  return at && (!min || *at >= *min) && (!max || *at <= *max);
}

bool any_of(const std::vector<std::string>& texts, const std::string& text) {
  return texts.empty() || std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool fits(const Tracking& t, const ListFilter& f) {
  return (!f.status || t.status() == *f.status || t.status() == f.other_status) &&
         (!f.announced || t.announced() == *f.announced) && (!f.archived || t.archived == *f.archived) &&
         (f.carrier.empty() || t.carrier == f.carrier) && within(t.created_at, f.created_min, f.created_max) &&
         within(t.updated_at, f.updated_min, f.updated_max) &&
         within(t.details.order_time, f.ordered_min, f.ordered_max) && any_of(f.folded_numbers, t.number.folded()) &&
         any_of(f.order_ids, t.details.order_id);
}

}  // namespace

const MemoryTrackingStore::Row* MemoryTrackingStore::find(const TrackingId& id) const {
  const auto found = rows_.find(id);
  return found == rows_.end() ? nullptr : &found->second;
}

void MemoryTrackingStore::replace(const TrackingId& id, std::optional<Row> row) {
  std::optional<Row> old;
  if (const Row* there = find(id); there != nullptr) {
    old = *there;
    const Tracking& tracking = old->stored.tracking;
    by_key_.erase(key_of(tracking));
    by_created_[tracking.account].erase({tracking.created_at, old->seq, id});
    if (old->schedule) due_.erase({old->schedule->due_at, old->seq, id});
    rows_.erase(id);
  }
  undo_.emplace_back(id, std::move(old));
  if (!row) return;
  const Tracking& tracking = row->stored.tracking;
  by_key_[key_of(tracking)] = id;
  if (!row->stored.deleted) by_created_[tracking.account].insert({tracking.created_at, row->seq, id});
  if (row->schedule) due_.insert({row->schedule->due_at, row->seq, id});
  rows_.emplace(id, std::move(*row));
}

Result<std::vector<std::optional<StoredTracking>>, StoreError> MemoryTrackingStore::load(
    std::span<const TrackingKey> keys) {
  std::vector<std::optional<StoredTracking>> loaded;
  for (const TrackingKey& key : keys) {
    const auto found = by_key_.find(key);
    loaded.push_back(found == by_key_.end() ? std::nullopt : std::optional(find(found->second)->stored));
  }
  return loaded;
}

Result<std::vector<std::optional<StoredTracking>>, StoreError> MemoryTrackingStore::load(
    std::span<const TrackingId> ids) {
  std::vector<std::optional<StoredTracking>> loaded;
  for (const TrackingId& id : ids) {
    const Row* row = find(id);
    loaded.push_back(row == nullptr ? std::nullopt : std::optional(row->stored));
  }
  return loaded;
}

MemoryTrackingStore::Page MemoryTrackingStore::page_of(const ListFilter& filter, std::int64_t offset,
                                                       std::int64_t limit) const {
  Page page;
  const auto of_account = by_created_.find(filter.account);
  if (of_account == by_created_.end()) return page;
  for (auto place = of_account->second.rbegin(); place != of_account->second.rend(); ++place) {
    const Row* const row = find(std::get<2>(*place));
    if (!fits(row->stored.tracking, filter)) continue;
    if (page.total >= offset && page.total - offset < limit) page.rows.push_back(row);
    ++page.total;
  }
  return page;
}

Result<ListPage, StoreError> MemoryTrackingStore::list(const ListFilter& filter, std::int64_t offset,
                                                       std::int64_t limit) {
  const Page found = page_of(filter, offset, limit);
  ListPage page;
  page.total = found.total;
  for (const Row* row : found.rows) page.trackings.push_back(row->stored.tracking);
  return page;
}

Result<void, StoreError> MemoryTrackingStore::read_list(const ListFilter& filter, std::int64_t offset,
                                                        std::int64_t limit, ports::ListSink& sink) {
  const Page found = page_of(filter, offset, limit);
  sink.begin(found.total, static_cast<std::int64_t>(found.rows.size()));
  for (const Row* row : found.rows) tell(*row, sink);
  return {};
}

Result<void, StoreError> MemoryTrackingStore::read_one(const TrackingKey& key, ports::ListSink& sink) {
  const auto found = by_key_.find(key);
  const Row* const row = found == by_key_.end() ? nullptr : find(found->second);
  const bool is_shown = row != nullptr && !row->stored.deleted;
  sink.begin(is_shown ? 1 : 0, is_shown ? 1 : 0);
  if (is_shown) tell(*row, sink);
  return {};
}

void MemoryTrackingStore::tell(const Row& row, ports::ListSink& sink) {
  Tracking tracking = row.stored.tracking;
  if (sink.knows({.row = row.seq, .created_at = tracking.created_at, .updated_at = tracking.updated_at})) return;
  sink.take(std::move(tracking));
}

Result<ports::StatusCounts, StoreError> MemoryTrackingStore::count_by_status(const ports::CountFilter& filter) {
  ports::StatusCounts counts{};
  const auto of_account = by_created_.find(filter.account);
  if (of_account == by_created_.end()) return counts;
  for (const Place& place : of_account->second) {
    const Tracking& tracking = find(std::get<2>(place))->stored.tracking;
    const bool counted = within(tracking.created_at, filter.created_min, filter.created_max) &&
                         within(tracking.details.order_time, filter.ordered_min, filter.ordered_max);
    if (counted) ++counts[static_cast<std::size_t>(tracking.status())];
  }
  return counts;
}

Result<std::vector<std::optional<Schedule>>, StoreError> MemoryTrackingStore::schedules(
    std::span<const TrackingId> ids) {
  std::vector<std::optional<Schedule>> schedules;
  for (const TrackingId& id : ids) {
    const Row* row = find(id);
    schedules.push_back(row == nullptr ? std::nullopt : row->schedule);
  }
  return schedules;
}

Result<std::vector<TransitTimes>, StoreError> MemoryTrackingStore::transit_times(domain::AccountId account,
                                                                                 std::span<const Route> routes) {
  std::map<Route, std::pair<TransitTimes, std::map<int, std::int64_t>>> found;
  for (const Place& place : by_created_[account]) {
    const auto sample = domain::transit_sample(find(std::get<2>(place))->stored.tracking);
    if (!sample) continue;
    auto& [times, by_days] = found[sample->route];
    ++times.total;
    if (sample->delivered) ++times.delivered;
    if (sample->days) ++by_days[*sample->days];
  }
  std::vector<TransitTimes> all;
  for (const Route& route : routes) {
    const auto& [times, by_days] = found[route];
    TransitTimes& told = all.emplace_back(times);
    for (const auto& [days, delivered] : by_days) told.by_days.push_back({.days = days, .delivered = delivered});
  }
  return all;
}

Result<void, StoreError> MemoryTrackingStore::begin() {
  if (in_transaction_) return fail(StoreError::Broken);
  in_transaction_ = true;
  ledger_.begin();
  waybills_.begin();
  notifications_.begin();
  return {};
}

Result<void, StoreError> MemoryTrackingStore::commit() {
  if (!in_transaction_) return fail(StoreError::Broken);
  in_transaction_ = false;
  ledger_.commit();
  undo_.clear();
  waybills_.commit();
  notifications_.commit();
  return {};
}

void MemoryTrackingStore::rollback() {
  const auto undo = std::move(undo_);
  for (auto step = undo.rbegin(); step != undo.rend(); ++step) replace(step->first, step->second);
  undo_.clear();
  ledger_.rollback();
  in_transaction_ = false;
  waybills_.rollback();
  notifications_.rollback();
}

Result<void, StoreError> MemoryTrackingStore::save(std::span<const TrackingChange> changes) {
  if (!in_transaction_) return fail(StoreError::Broken);
  for (const TrackingChange& change : changes) {
    if (const auto saved = save_one(change); !saved) return saved;
  }
  return {};
}

bool MemoryTrackingStore::clear_way(const TrackingKey& key, const TrackingId& for_whom) {
  const auto holder = by_key_.find(key);
  if (holder == by_key_.end() || holder->second == for_whom) return true;
  const TrackingId in_the_way = holder->second;
  if (!find(in_the_way)->stored.deleted) return false;
  replace(in_the_way, std::nullopt);
  return true;
}

Result<void, StoreError> MemoryTrackingStore::save_one(const TrackingChange& change) {
  const Tracking& tracking = change.after.tracking;
  const Row* old = find(tracking.id);
  const bool fresh = change.before == nullptr;
  if (fresh != (old == nullptr)) return fail(StoreError::Broken);
  const TrackingKey key = key_of(tracking);
  if (fresh ? by_key_.contains(key) : !clear_way(key, tracking.id)) return fail(StoreError::Broken);
  Row row{.seq = fresh ? next_seq_++ : old->seq,
          .stored = change.after.deleted ? tombstone_of(tracking) : change.after,
          .schedule = fresh ? std::nullopt : old->schedule};
  if (change.schedule) row.schedule = change.schedule;
  if (change.after.deleted || change.unscheduled) row.schedule.reset();
  replace(tracking.id, std::move(row));
  return {};
}

Result<void, StoreError> MemoryTrackingStore::reschedule(std::span<const std::pair<TrackingId, Schedule>> schedules) {
  if (!in_transaction_) return fail(StoreError::Broken);
  for (const auto& [id, schedule] : schedules) {
    const Row* old = find(id);
    if (old == nullptr || old->stored.deleted) continue;
    Row row = *old;
    row.schedule = schedule;
    replace(id, std::move(row));
  }
  return {};
}

Result<std::vector<DueTracking>, StoreError> MemoryTrackingStore::claim_due(Timestamp now, Timestamp lease_until,
                                                                            std::size_t limit) {
  if (!in_transaction_) return fail(StoreError::Broken);
  std::vector<Row> found;
  for (auto place = due_.begin(); place != due_.end() && found.size() < limit && std::get<0>(*place) <= now; ++place) {
    found.push_back(*find(std::get<2>(*place)));
  }
  std::vector<DueTracking> claimed;
  for (Row& row : found) {
    claimed.push_back({.tracking = row.stored.tracking, .schedule = *row.schedule});
    row.schedule->due_at = lease_until;
    const TrackingId id = row.stored.tracking.id;
    replace(id, std::move(row));
  }
  return claimed;
}

Result<void, StoreError> MemoryTrackingStore::wake_waiting(Timestamp now) {
  if (!in_transaction_) return fail(StoreError::Broken);
  std::vector<Row> woken;
  for (auto place = due_.upper_bound({now, INT64_MAX, TrackingId{}}); place != due_.end(); ++place) {
    const Row* row = find(std::get<2>(*place));
    if (row->schedule->waiting) woken.push_back(*row);
  }
  for (Row& row : woken) {
    row.schedule->due_at = now;
    const TrackingId id = row.stored.tracking.id;
    replace(id, std::move(row));
  }
  return {};
}

Result<std::optional<Timestamp>, StoreError> MemoryTrackingStore::next_due() {
  if (due_.empty()) return std::optional<Timestamp>();
  return std::optional(std::get<0>(*due_.begin()));
}

}  // namespace parcelwake::store
