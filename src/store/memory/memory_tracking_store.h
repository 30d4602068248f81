#pragma once

#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "ports/tracking_store.h"
#include "store/memory/memory_ledger.h"
#include "store/memory/memory_notification_store.h"
#include "store/memory/memory_waybill_store.h"

namespace parcelwake::store {

// Trackings in memory, for tests and the simulator: the plainest answer to the port, by which others are judged.
// A call that breaks the contract (a key taken, a tracking that is not there, no transaction) fails as Broken.
class MemoryTrackingStore final : public ports::TrackingStore {
 public:
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const ports::TrackingKey> keys) override;
  Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError> load(
      std::span<const domain::TrackingId> ids) override;
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit) override;
  Result<void, ports::StoreError> read_list(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit,
                                            ports::ListSink& sink) override;
  Result<void, ports::StoreError> read_one(const ports::TrackingKey& key, ports::ListSink& sink) override;
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter) override;
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId> ids) override;
  // Looks at every tracking of the account.
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(
      domain::AccountId account, std::span<const domain::Route> routes) override;

  Result<void, ports::StoreError> begin() override;
  Result<void, ports::StoreError> commit() override;
  void rollback() override;
  Result<void, ports::StoreError> save(std::span<const ports::TrackingChange> changes) override;
  Result<void, ports::StoreError> reschedule(
      std::span<const std::pair<domain::TrackingId, ports::Schedule>> schedules) override;
  Result<std::vector<ports::DueTracking>, ports::StoreError> claim_due(Timestamp now, Timestamp lease_until,
                                                                       std::size_t limit) override;
  Result<void, ports::StoreError> wake_waiting(Timestamp now) override;
  Result<std::optional<Timestamp>, ports::StoreError> next_due() override;
  MemoryLedger& ledger() override { return ledger_; }
  ports::WaybillStore& waybills() override { return waybills_; }
  ports::NotificationStore& notifications() override { return notifications_; }

 private:
  struct Row {
    std::int64_t seq = 0;  // the order of adding
    ports::StoredTracking stored;
    std::optional<ports::Schedule> schedule;
  };
  using Place = std::tuple<Timestamp, std::int64_t, domain::TrackingId>;  // when, seq, who

  const Row* find(const domain::TrackingId& id) const;
  static void tell(const Row& row, ports::ListSink& sink);
  struct Page {
    std::vector<const Row*> rows;
    std::int64_t total = 0;
  };
  Page page_of(const ports::ListFilter& filter, std::int64_t offset, std::int64_t limit) const;
  // Puts `row` where the tracking's row was, or takes it away, and keeps every index true. Notes what was there.
  void replace(const domain::TrackingId& id, std::optional<Row> row);
  Result<void, ports::StoreError> save_one(const ports::TrackingChange& change);
  bool clear_way(const ports::TrackingKey& key, const domain::TrackingId& for_whom);

  std::unordered_map<domain::TrackingId, Row> rows_;
  std::map<ports::TrackingKey, domain::TrackingId> by_key_;
  std::map<domain::AccountId, std::set<Place>> by_created_;  // deleted ones are not in it
  std::set<Place> due_;
  std::int64_t next_seq_ = 1;
  bool in_transaction_ = false;
  MemoryLedger ledger_;
  MemoryWaybillStore waybills_;
  MemoryNotificationStore notifications_;
  std::vector<std::pair<domain::TrackingId, std::optional<Row>>> undo_;  // what was there before, newest last
};

}  // namespace parcelwake::store
