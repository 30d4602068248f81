#include "app/notifications/change_endpoints.h"

#include <algorithm>

namespace parcelwake::app {
namespace {

using domain::Endpoint;

domain::EndpointSecret fresh_secret(ports::Random& random) {
  domain::EndpointSecret secret{};
  for (std::size_t at = 0; at < secret.size(); at += 8) {
    const std::uint64_t bits = random.bits();
    for (std::size_t i = 0; i < 8; ++i) secret[at + i] = static_cast<std::uint8_t>(bits >> (8 * i));
  }
  return secret;
}

// Runs `deed` in a transaction, which is undone where the deed fails.
template <class Deed>
auto in_transaction(ports::TrackingStore& store, Deed deed) -> decltype(deed()) {
  if (!store.begin()) return fail(EndpointError::StoreFailed);
  auto outcome = deed();
  if (!outcome) {
    store.rollback();
    return outcome;
  }
  if (!store.commit()) {
    store.rollback();
    return fail(EndpointError::StoreFailed);
  }
  return outcome;
}

Result<Endpoint, EndpointError> add_within_limit(const Endpoint& endpoint, ports::NotificationStore& store) {
  const auto known = store.endpoints();
  if (!known) return fail(EndpointError::StoreFailed);
  const auto count = std::count_if(known->begin(), known->end(),
                                   [&](const Endpoint& other) { return other.account == endpoint.account; });
  if (static_cast<std::size_t>(count) >= domain::kMostEndpoints) return fail(EndpointError::TooMany);
  auto added = store.add_endpoint(endpoint);
  if (!added) return fail(EndpointError::StoreFailed);
  return *std::move(added);
}

}  // namespace

std::string_view describe(EndpointError error) {
  switch (error) {
    case EndpointError::UrlMalformed:
      return "that is no URL of an endpoint; write one such as https://shop.example/hooks/parcels";
    case EndpointError::TooMany:
      return "the account has 4 endpoints already, which is as many as one may have";
    case EndpointError::AccountUnknown:
      return "there is no account with that id; 'parcelwake account list' shows them";
    case EndpointError::EndpointUnknown:
      return "there is no endpoint with that id; 'parcelwake webhook list' shows them";
    case EndpointError::StoreFailed:
      return "the store could not be read or written";
  }
  return "";
}

Result<Endpoint, EndpointError> add_endpoint(const NewEndpoint& wanted, ports::TrackingStore& store,
                                             ports::AccountStore& accounts, ports::Random& random, Timestamp now) {
  if (!domain::is_endpoint_url(wanted.url)) return fail(EndpointError::UrlMalformed);
  const auto account = accounts.find_account(wanted.account);
  if (!account) return fail(EndpointError::StoreFailed);
  if (!*account) return fail(EndpointError::AccountUnknown);
  Endpoint endpoint;
  endpoint.account = wanted.account;
  endpoint.url = wanted.url;
  endpoint.dialect = wanted.dialect;
  endpoint.statuses = wanted.statuses;
  endpoint.secret = fresh_secret(random);
  endpoint.created_at = now;
  return in_transaction(store, [&] { return add_within_limit(endpoint, store.notifications()); });
}

Result<void, EndpointError> remove_endpoint(domain::EndpointId id, ports::TrackingStore& store) {
  return in_transaction(store, [&]() -> Result<void, EndpointError> {
    const auto removed = store.notifications().remove_endpoint(id);
    if (!removed) return fail(EndpointError::StoreFailed);
    if (!*removed) return fail(EndpointError::EndpointUnknown);
    return {};
  });
}

Result<Endpoint, EndpointError> enable_endpoint(domain::EndpointId id, ports::TrackingStore& store) {
  return in_transaction(store, [&]() -> Result<Endpoint, EndpointError> {
    auto found = find_endpoint(id, store);
    if (!found) return found;
    domain::enable(*found);
    if (const auto kept = store.notifications().update_endpoint(*found); !kept) {
      return fail(EndpointError::StoreFailed);
    }
    return found;
  });
}

Result<Endpoint, EndpointError> find_endpoint(domain::EndpointId id, ports::TrackingStore& store) {
  auto endpoints = store.notifications().endpoints();
  if (!endpoints) return fail(EndpointError::StoreFailed);
  const auto found =
      std::find_if(endpoints->begin(), endpoints->end(), [&](const Endpoint& endpoint) { return endpoint.id == id; });
  if (found == endpoints->end()) return fail(EndpointError::EndpointUnknown);
  return std::move(*found);
}

}  // namespace parcelwake::app
