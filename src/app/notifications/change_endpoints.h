#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/account_store.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

enum class EndpointError {
  UrlMalformed,
  TooMany,  // The account has as many as one may have.
  AccountUnknown,
  EndpointUnknown,
  StoreFailed,
};

// What to tell the person at the keyboard.
std::string_view describe(EndpointError error);

struct NewEndpoint {
  domain::AccountId account;
  std::string url;
  std::string dialect;         // one that the renderer knows
  domain::StatusSet statuses;  // empty: all
};

// Each is a transaction of its own. A change that a carrier tells after it has returned is told by it.
Result<domain::Endpoint, EndpointError> add_endpoint(const NewEndpoint& wanted, ports::TrackingStore& store,
                                                     ports::AccountStore& accounts, ports::Random& random,
                                                     Timestamp now);

// With all that is on its way to it.
Result<void, EndpointError> remove_endpoint(domain::EndpointId id, ports::TrackingStore& store);

// Also one that is enabled already: its failures are forgotten.
Result<domain::Endpoint, EndpointError> enable_endpoint(domain::EndpointId id, ports::TrackingStore& store);

// One endpoint, to look at.
Result<domain::Endpoint, EndpointError> find_endpoint(domain::EndpointId id, ports::TrackingStore& store);

}  // namespace parcelwake::app
