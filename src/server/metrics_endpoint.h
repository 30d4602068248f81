#pragma once

#include <functional>
#include <string>

#include "wire/http/server/message.h"

namespace parcelwake::server {

// Who may read the metrics.
struct MetricsAccess {
  std::string token;       // `Authorization: Bearer TOKEN`; empty: none is asked for
  bool from_afar = false;  // without a token, also for others than this machine
};

// GET /metrics. What it tells holds no secret and nothing about a parcel, but it tells how busy a shop is: with neither
// a token nor a listener of its own it is for clients of this machine alone. One that a proxy speaks for comes from
// elsewhere. Who may not read it is told 401 when a token would help, and otherwise 404.
class MetricsEndpoint {
 public:
  MetricsEndpoint(MetricsAccess access, std::function<std::string()> page)
      : access_(std::move(access)), page_(std::move(page)) {}

  wire::http::Response answer(const wire::http::Request& request) const;  // from any thread

 private:
  bool admits(const wire::http::Request& request) const;

  const MetricsAccess access_;
  const std::function<std::string()> page_;
};

}  // namespace parcelwake::server
