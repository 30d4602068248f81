#include "store/memory/memory_notification_store.h"

#include <algorithm>

namespace parcelwake::store {

using domain::Delivery;
using domain::DeliveryId;
using domain::Endpoint;
using domain::EndpointId;
using domain::Notice;
using ports::StoreError;

Result<std::vector<Endpoint>, StoreError> MemoryNotificationStore::endpoints() {
  std::vector<Endpoint> found;
  for (const auto& [id, endpoint] : rows_.endpoints) found.push_back(endpoint);
  return found;
}

Result<Endpoint, StoreError> MemoryNotificationStore::add_endpoint(const Endpoint& endpoint) {
  if (!before_) return fail(StoreError::Broken);
  Endpoint kept = endpoint;
  kept.id.value = next_id_++;
  rows_.endpoints[kept.id] = kept;
  return kept;
}

Result<bool, StoreError> MemoryNotificationStore::update_endpoint(const Endpoint& endpoint) {
  if (!before_) return fail(StoreError::Broken);
  const auto found = rows_.endpoints.find(endpoint.id);
  if (found == rows_.endpoints.end()) return false;
  Endpoint kept = endpoint;
  kept.account = found->second.account;
  kept.created_at = found->second.created_at;
  found->second = std::move(kept);
  return true;
}

Result<bool, StoreError> MemoryNotificationStore::remove_endpoint(EndpointId endpoint) {
  if (const auto dropped = drop_deliveries(endpoint); !dropped) return fail(dropped.error());
  return rows_.endpoints.erase(endpoint) != 0;
}

Result<bool, StoreError> MemoryNotificationStore::is_listening(domain::AccountId account) {
  return std::any_of(rows_.endpoints.begin(), rows_.endpoints.end(),
                     [&](const auto& each) { return each.second.account == account && each.second.enabled(); });
}

Result<void, StoreError> MemoryNotificationStore::note(std::span<const Notice> notices) {
  if (!before_) return fail(StoreError::Broken);
  for (const Notice& notice : notices) {
    Notice kept = notice;
    kept.sequence = ++rows_.told[notice.tracking.id];
    rows_.outbox[{next_id_++}] = std::move(kept);
  }
  return {};
}

Result<std::vector<ports::NotedChange>, StoreError> MemoryNotificationStore::noted(std::size_t limit) {
  std::vector<ports::NotedChange> found;
  for (const auto& [id, notice] : rows_.outbox) {
    if (found.size() == limit) break;
    found.push_back({.id = id, .account = notice.tracking.account, .status = notice.tracking.status()});
  }
  return found;
}

Result<void, StoreError> MemoryNotificationStore::fan_out(ports::NoticeId notice, std::span<const EndpointId> endpoints,
                                                          Timestamp now) {
  if (!before_) return fail(StoreError::Broken);
  const auto found = rows_.outbox.find(notice);
  if (found == rows_.outbox.end()) return {};
  for (const EndpointId endpoint : endpoints) {
    const DeliveryId id{next_id_++};
    rows_.deliveries[id] = {.delivery = {.id = id, .endpoint = endpoint, .failures = 0, .notice = found->second},
                            .due_at = now};
  }
  rows_.outbox.erase(found);
  return {};
}

bool MemoryNotificationStore::is_waiting(const Delivery& delivery) const {
  for (const auto& [id, row] : rows_.deliveries) {
    if (id == delivery.id) return false;
    if (row.delivery.endpoint == delivery.endpoint && row.delivery.notice.tracking.id == delivery.notice.tracking.id) {
      return true;
    }
  }
  return false;
}

Result<std::vector<Delivery>, StoreError> MemoryNotificationStore::claim(const ports::ClaimLimits& limits,
                                                                         Timestamp now, Timestamp lease_until) {
  if (!before_) return fail(StoreError::Broken);
  std::vector<Row*> due;
  for (auto& [id, row] : rows_.deliveries) {
    if (row.due_at <= now && !is_waiting(row.delivery)) due.push_back(&row);
  }
  std::stable_sort(due.begin(), due.end(), [](const Row* a, const Row* b) { return a->due_at < b->due_at; });
  auto busy = limits.under_way;
  std::vector<Delivery> claimed;
  for (Row* row : due) {
    std::size_t& of_endpoint = busy[row->delivery.endpoint];
    if (claimed.size() == limits.deliveries || of_endpoint >= limits.per_endpoint) continue;
    ++of_endpoint;
    row->due_at = lease_until;
    claimed.push_back(row->delivery);
  }
  return claimed;
}

Result<void, StoreError> MemoryNotificationStore::finish(std::span<const DeliveryId> deliveries, Timestamp now) {
  if (!before_) return fail(StoreError::Broken);
  for (const DeliveryId id : deliveries) {
    const auto found = rows_.deliveries.find(id);
    if (found == rows_.deliveries.end()) continue;
    const Delivery done = std::move(found->second.delivery);
    rows_.deliveries.erase(found);
    for (auto& [next_id, row] : rows_.deliveries) {
      if (row.delivery.endpoint != done.endpoint || row.delivery.notice.tracking.id != done.notice.tracking.id)
        continue;
      row.due_at = now;
      break;
    }
  }
  return {};
}

Result<void, StoreError> MemoryNotificationStore::put_off(std::span<const ports::PutOff> deliveries) {
  if (!before_) return fail(StoreError::Broken);
  for (const ports::PutOff& each : deliveries) {
    const auto found = rows_.deliveries.find(each.delivery);
    if (found == rows_.deliveries.end()) continue;
    found->second.delivery.failures = each.failures;
    found->second.due_at = each.due_at;
  }
  return {};
}

Result<std::int64_t, StoreError> MemoryNotificationStore::drop_deliveries(EndpointId endpoint) {
  if (!before_) return fail(StoreError::Broken);
  const auto dropped =
      std::erase_if(rows_.deliveries, [&](const auto& each) { return each.second.delivery.endpoint == endpoint; });
  return static_cast<std::int64_t>(dropped);
}

Result<std::int64_t, StoreError> MemoryNotificationStore::pending(EndpointId endpoint) {
  return std::count_if(rows_.deliveries.begin(), rows_.deliveries.end(),
                       [&](const auto& each) { return each.second.delivery.endpoint == endpoint; });
}

void MemoryNotificationStore::rollback() {
  if (before_) rows_ = *std::move(before_);
  before_.reset();
}

}  // namespace parcelwake::store
