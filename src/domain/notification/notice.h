#pragma once

#include <cstdint>
#include <string>

#include "base/strong_id.h"
#include "base/time.h"
#include "domain/notification/endpoint.h"
#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// That a tracking changed, and how it stood right after. Later changes, deletion too, do not touch it.
struct Notice {
  Tracking tracking;
  Timestamp changed_at{};
  std::int64_t sequence = 0;  // among the notices of its tracking: 1, 2, 3 …

  bool operator==(const Notice&) const = default;
};

// The same name at every attempt and every endpoint, and of no other notice: "msg_<tracking's id>_<sequence>".
std::string name_of(const Notice& notice);

using DeliveryId = StrongId<struct DeliveryTag>;

// A notice on its way to one endpoint.
struct Delivery {
  DeliveryId id;
  EndpointId endpoint;
  unsigned failures = 0;  // attempts so far, all of them failed
  Notice notice;
};

}  // namespace parcelwake::domain
