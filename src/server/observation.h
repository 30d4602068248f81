#pragma once

#include <string>

#include "app/accounts/key_directory.h"
#include "carriers/asking/connector_gateway.h"
#include "ports/clock.h"
#include "server/notifier.h"
#include "server/poller.h"
#include "server/request_figures.h"
#include "server/request_log.h"
#include "server/store_observer.h"
#include "server/write_lane.h"

namespace parcelwake::server {

// What a server lets a person see of itself: a line about each request, and the page of metrics. Thread-safe.
class Observation {
 public:
  explicit Observation(RequestLog request_log) : request_log_(request_log) {}

  void note(const wire::http::Observed& observed);

  // Whose figures the page shows; all of them outlive the page's readers.
  struct Sources {
    const WriteLane& lane;
    const Poller& poller;
    const Notifier& notifier;
    const app::KeyDirectory& keys;
    const carriers::ConnectorGateway& gateway;
    StoreObserver& store;
    ports::Clock& clock;
  };
  std::string page(const Sources& sources) const;

 private:
  const RequestLog request_log_;
  RequestFigures requests_;
};

}  // namespace parcelwake::server
