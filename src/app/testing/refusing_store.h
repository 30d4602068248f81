#pragma once

#include "ports/tracking_store.h"

namespace parcelwake::app::testing {

// Passes everything on to another store until one deed is to fail.
class RefusingStore final : public ports::TrackingStore {
 public:
  enum class Deed { None, Begin, Save, Commit };

  explicit RefusingStore(ports::TrackingStore& store) : store_(store) {}

  Deed refused = Deed::None;
  bool rolled_back = false;

  using Loaded = Result<std::vector<std::optional<ports::StoredTracking>>, ports::StoreError>;
  Loaded load(std::span<const ports::TrackingKey> keys) override { return store_.load(keys); }
  Loaded load(std::span<const domain::TrackingId> ids) override { return store_.load(ids); }
  Result<ports::ListPage, ports::StoreError> list(const ports::ListFilter& filter, std::int64_t offset,
                                                  std::int64_t limit) override {
    return store_.list(filter, offset, limit);
  }
  Result<ports::StatusCounts, ports::StoreError> count_by_status(const ports::CountFilter& filter) override {
    return store_.count_by_status(filter);
  }
  Result<std::vector<std::optional<ports::Schedule>>, ports::StoreError> schedules(
      std::span<const domain::TrackingId> ids) override {
    return store_.schedules(ids);
  }
  Result<std::vector<domain::TransitTimes>, ports::StoreError> transit_times(
      domain::AccountId account, std::span<const domain::Route> routes) override {
    return store_.transit_times(account, routes);
  }
  Result<void, ports::StoreError> begin() override {
    if (refused == Deed::Begin) return fail(ports::StoreError::Busy);
    return store_.begin();
  }
  Result<void, ports::StoreError> commit() override {
    if (refused == Deed::Commit) return fail(ports::StoreError::Full);
    return store_.commit();
  }
  void rollback() override {
    rolled_back = true;
    store_.rollback();
  }
  Result<void, ports::StoreError> save(std::span<const ports::TrackingChange> changes) override {
    if (refused == Deed::Save) return fail(ports::StoreError::Broken);
    return store_.save(changes);
  }
  Result<void, ports::StoreError> reschedule(
      std::span<const std::pair<domain::TrackingId, ports::Schedule>> schedules) override {
    return store_.reschedule(schedules);
  }
  Result<std::vector<ports::DueTracking>, ports::StoreError> claim_due(Timestamp now, Timestamp lease_until,
                                                                       std::size_t limit) override {
    return store_.claim_due(now, lease_until, limit);
  }
  Result<void, ports::StoreError> wake_waiting(Timestamp now) override { return store_.wake_waiting(now); }
  Result<std::optional<Timestamp>, ports::StoreError> next_due() override { return store_.next_due(); }
  ports::LedgerStore& ledger() override { return store_.ledger(); }
  ports::WaybillStore& waybills() override { return store_.waybills(); }
  ports::NotificationStore& notifications() override { return store_.notifications(); }

 private:
  ports::TrackingStore& store_;
};

}  // namespace parcelwake::app::testing
