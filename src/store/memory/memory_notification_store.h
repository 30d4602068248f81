#pragma once

#include <map>
#include <optional>

#include "ports/notification_store.h"

namespace parcelwake::store {

// Endpoints, outbox and deliveries in memory. Its transactions are those of the MemoryTrackingStore that it is a part
// of.
class MemoryNotificationStore final : public ports::NotificationStore {
 public:
  Result<std::vector<domain::Endpoint>, ports::StoreError> endpoints() override;
  Result<domain::Endpoint, ports::StoreError> add_endpoint(const domain::Endpoint& endpoint) override;
  Result<bool, ports::StoreError> update_endpoint(const domain::Endpoint& endpoint) override;
  Result<bool, ports::StoreError> remove_endpoint(domain::EndpointId endpoint) override;
  Result<bool, ports::StoreError> is_listening(domain::AccountId account) override;
  Result<void, ports::StoreError> note(std::span<const domain::Notice> notices) override;
  Result<std::vector<ports::NotedChange>, ports::StoreError> noted(std::size_t limit) override;
  Result<void, ports::StoreError> fan_out(ports::NoticeId notice, std::span<const domain::EndpointId> endpoints,
                                          Timestamp now) override;
  Result<std::vector<domain::Delivery>, ports::StoreError> claim(const ports::ClaimLimits& limits, Timestamp now,
                                                                 Timestamp lease_until) override;
  Result<void, ports::StoreError> finish(std::span<const domain::DeliveryId> deliveries, Timestamp now) override;
  Result<void, ports::StoreError> put_off(std::span<const ports::PutOff> deliveries) override;
  Result<std::int64_t, ports::StoreError> drop_deliveries(domain::EndpointId endpoint) override;
  Result<std::int64_t, ports::StoreError> pending(domain::EndpointId endpoint) override;

  void begin() { before_ = rows_; }
  void commit() { before_.reset(); }
  void rollback();

 private:
  struct Row {
    domain::Delivery delivery;
    Timestamp due_at{};
  };
  struct Rows {
    std::map<domain::EndpointId, domain::Endpoint> endpoints;
    std::map<domain::TrackingId, std::int64_t> told;
    std::map<ports::NoticeId, domain::Notice> outbox;
    std::map<domain::DeliveryId, Row> deliveries;
  };

  // Whether an older delivery of the same tracking and endpoint is there.
  bool is_waiting(const domain::Delivery& delivery) const;

  Rows rows_;
  std::int64_t next_id_ = 1;    // of all kinds; goes on after a rollback
  std::optional<Rows> before_;  // how things stood when the transaction began
};

}  // namespace parcelwake::store
