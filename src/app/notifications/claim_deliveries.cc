#include "app/notifications/claim_deliveries.h"

#include <algorithm>
#include <map>
#include <utility>

namespace parcelwake::app {
namespace {

using domain::Endpoint;
using domain::EndpointId;

std::vector<EndpointId> wanting(const ports::NotedChange& change, const std::vector<Endpoint>& endpoints) {
  std::vector<EndpointId> chosen;
  for (const Endpoint& endpoint : endpoints) {
    if (endpoint.account == change.account && endpoint.enabled() && endpoint.wants(change.status)) {
      chosen.push_back(endpoint.id);
    }
  }
  return chosen;
}

// Returns how many changes there were.
Result<std::size_t, ports::StoreError> fan_out(std::size_t limit, const std::vector<Endpoint>& endpoints,
                                               ports::NotificationStore& store, Timestamp now) {
  const auto noted = store.noted(limit);
  if (!noted) return fail(noted.error());
  for (const ports::NotedChange& change : *noted) {
    if (const auto done = store.fan_out(change.id, wanting(change, endpoints), now); !done) return fail(done.error());
  }
  return noted->size();
}

}  // namespace

Result<ClaimedDeliveries, ports::StoreError> claim_deliveries(const ClaimDeliveriesCommand& command,
                                                              ports::NotificationStore& store, Timestamp now) {
  const auto endpoints = store.endpoints();
  if (!endpoints) return fail(endpoints.error());
  const auto fanned_out = fan_out(command.changes, *endpoints, store, now);
  if (!fanned_out) return fail(fanned_out.error());
  auto claimed = store.claim(command.limits, now, now + command.lease);
  if (!claimed) return fail(claimed.error());

  std::map<EndpointId, const Endpoint*> by_id;
  for (const Endpoint& endpoint : *endpoints) by_id[endpoint.id] = &endpoint;
  ClaimedDeliveries outcome{
      .deliveries = {},
      .listening = std::any_of(endpoints->begin(), endpoints->end(), [](const Endpoint& e) { return e.enabled(); }),
      .more_are_noted = *fanned_out == command.changes};
  for (domain::Delivery& delivery : *claimed) {
    const auto found = by_id.find(delivery.endpoint);
    if (found == by_id.end()) continue;  // its deliveries go with an endpoint, so there is none
    outcome.deliveries.push_back({.delivery = std::move(delivery), .endpoint = *found->second});
  }
  return outcome;
}

}  // namespace parcelwake::app
