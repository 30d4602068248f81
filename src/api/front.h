#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "api/common/services.h"
#include "wire/http/server/message.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api {

struct Dialect;
struct Target;

// The door all requests come in by: tells the dialects apart and hands each request to the one it is meant for.
class Front {
 public:
  // `v1_default`: which of the v1 dialects answers when neither key header nor Host tells. `is_ready`: whether the
  // server can do its work.
  Front(const Services& services, const Dialect& v1_default, std::function<bool()> is_ready);

  // What answers GET /metrics; nobody until it is set. Before the first request.
  void serve_metrics(std::function<wire::http::Response(const wire::http::Request&)> metrics) {
    metrics_ = std::move(metrics);
  }

  void answer(const wire::http::Request& request, wire::http::Reply reply) const;

 private:
  void answer_own(const wire::http::Request& request, const Target& target, wire::http::Reply reply) const;
  const Dialect* dialect_for(const wire::http::Request& request, std::string_view prefix) const;

  const Services& services_;
  const Dialect& v1_default_;
  std::function<bool()> is_ready_;
  std::function<wire::http::Response(const wire::http::Request&)> metrics_;
};

}  // namespace parcelwake::api
