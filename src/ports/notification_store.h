#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/notification/notice.h"
#include "ports/store_error.h"

namespace parcelwake::ports {

using NoticeId = StrongId<struct NoticeTag>;

// A change in the outbox: what is needed to choose its endpoints.
struct NotedChange {
  NoticeId id;
  domain::AccountId account;
  domain::Status status = domain::Status::Pending;
};

// How much may be claimed at once.
struct ClaimLimits {
  std::size_t deliveries = 0;
  std::size_t per_endpoint = 0;                         // under way at once, those in `under_way` among them
  std::map<domain::EndpointId, std::size_t> under_way;  // what of each endpoint's is claimed and not settled yet
};

// Another attempt is to be made.
struct PutOff {
  domain::DeliveryId delivery;
  unsigned failures = 0;
  Timestamp due_at{};
};

// Endpoints, the outbox of changes, and the deliveries on their way. All that writes does so within a transaction of
// the TrackingStore it belongs to, so that a change and its outbox row are kept together or not at all. One thread at a
// time.
//
// Of one tracking's deliveries to one endpoint only the oldest can be claimed; the others wait for it to be finished.
class NotificationStore {
 public:
  virtual ~NotificationStore() = default;

  // Of all accounts, oldest first.
  virtual Result<std::vector<domain::Endpoint>, StoreError> endpoints() = 0;
  // The id is given by the store and never again.
  virtual Result<domain::Endpoint, StoreError> add_endpoint(const domain::Endpoint& endpoint) = 0;
  // All but id, account and created_at as `endpoint` says. False when it is not there.
  virtual Result<bool, StoreError> update_endpoint(const domain::Endpoint& endpoint) = 0;
  // With its deliveries. False when it is not there.
  virtual Result<bool, StoreError> remove_endpoint(domain::EndpointId endpoint) = 0;

  // Whether the account has an enabled endpoint. Asked before a change is noted; costs a look into memory, and one
  // small statement in each transaction that asks at all.
  virtual Result<bool, StoreError> is_listening(domain::AccountId account) = 0;

  // Puts changes into the outbox, each with the next number of its tracking; `sequence` is not looked at.
  virtual Result<void, StoreError> note(std::span<const domain::Notice> notices) = 0;

  // The oldest changes in the outbox, at most `limit`.
  virtual Result<std::vector<NotedChange>, StoreError> noted(std::size_t limit) = 0;

  // Takes a change out of the outbox and makes a delivery of it for each of `endpoints`, due at `now`.
  virtual Result<void, StoreError> fan_out(NoticeId notice, std::span<const domain::EndpointId> endpoints,
                                           Timestamp now) = 0;

  // Takes what is due at `now`, those endpoints first that have waited longest, and leases it: none of it is due again
  // before `lease_until`, whatever becomes of the taker. What cannot be read any more is logged and gone.
  virtual Result<std::vector<domain::Delivery>, StoreError> claim(const ClaimLimits& limits, Timestamp now,
                                                                  Timestamp lease_until) = 0;

  // Done with, one way or the other: gone, and the tracking's next one to that endpoint is due at `now`. Those that are
  // not there any more are passed over.
  virtual Result<void, StoreError> finish(std::span<const domain::DeliveryId> deliveries, Timestamp now) = 0;
  virtual Result<void, StoreError> put_off(std::span<const PutOff> deliveries) = 0;

  // Drops all that is on its way to an endpoint, and says how much that was.
  virtual Result<std::int64_t, StoreError> drop_deliveries(domain::EndpointId endpoint) = 0;

  // How much is on its way to an endpoint.
  virtual Result<std::int64_t, StoreError> pending(domain::EndpointId endpoint) = 0;
};

}  // namespace parcelwake::ports
