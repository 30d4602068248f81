#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "ports/notification_store.h"
#include "store/sqlite/sqlite_database.h"
#include "store/sqlite/statement.h"

namespace parcelwake::store {

// Endpoints, outbox and deliveries over the connection of the store that it is a part of, within whose transactions it
// writes.
class SqliteNotificationStore final : public ports::NotificationStore {
 public:
  explicit SqliteNotificationStore(SqliteDatabase& database);

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

  // The transaction is over: the next one looks anew at whether others changed who listens.
  void end_transaction() { listeners_are_current_ = false; }
  // It never happened: what was read within it may not be so.
  void undo() {
    end_transaction();
    listeners_version_.reset();
  }

 private:
  struct Waiting {
    domain::EndpointId endpoint;
    Timestamp due_at{};
  };

  bool in_transaction() const;
  Result<void, ports::StoreError> read_listeners();
  Result<std::int64_t, ports::StoreError> next_sequence(const domain::TrackingId& tracking);
  Result<std::vector<Waiting>, ports::StoreError> endpoints_with_due(Timestamp now);
  Result<void, ports::StoreError> read_due(const Waiting& from, Timestamp now, std::size_t room,
                                           std::vector<domain::Delivery>& due,
                                           std::vector<domain::DeliveryId>& unreadable);
  Result<void, ports::StoreError> finish_one(domain::DeliveryId delivery, Timestamp now);

  SqliteDatabase& database_;
  Statement data_version_;
  Statement listeners_of_;
  Statement endpoints_;
  Statement add_endpoint_;
  Statement update_endpoint_;
  Statement remove_endpoint_;
  Statement next_sequence_;
  Statement note_;
  Statement noted_;
  Statement fan_out_;
  Statement leave_outbox_;
  Statement next_endpoint_;
  Statement due_;
  Statement lease_;
  Statement finish_;
  Statement let_next_go_;
  Statement put_off_;
  Statement drop_deliveries_;
  Statement pending_;
  std::unordered_set<domain::AccountId> listeners_;  // accounts with an enabled endpoint
  std::optional<std::int64_t> listeners_version_;    // of the file when they were read; nothing: they are to be read
  bool listeners_are_current_ = false;               // looked at in this transaction
  std::string snapshot_;                             // kept for its room
};

}  // namespace parcelwake::store
