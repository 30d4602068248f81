#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "api/common/dialect.h"
#include "api/common/services.h"
#include "api/own/health.h"
#include "wire/http/server/message.h"
#include "wire/http/server/reply.h"

namespace parcelwake::api {

struct Target;

// The door all requests come in by: tells the dialects apart and hands each request to the one it is meant for.
class Front {
 public:
  // `dialects`: those that are served. Of several under one prefix the key header tells first, then Host; else the
  // default one answers. `readiness`: whether the server can do its work.
  Front(const Services& services, std::vector<Dialect> dialects, std::function<Health()> readiness);

  // What answers GET /metrics; nobody until it is set. Before the first request.
  void serve_metrics(std::function<wire::http::Response(const wire::http::Request&)> metrics) {
    metrics_ = std::move(metrics);
  }

  void answer(const wire::http::Request& request, wire::http::Reply reply) const;

  // What to say to a request of that path that never came in by this door, in the words of the dialect it was meant
  // for. Where there is no path or none of a dialect's, in those of the first dialects.
  wire::http::Response error_page(int status, std::string_view path) const;

 private:
  void answer_own(const wire::http::Request& request, const Target& target, wire::http::Reply reply) const;
  bool is_classic(std::string_view prefix) const;
  const Dialect* dialect_for(const wire::http::Request& request, std::string_view prefix) const;

  const Services& services_;
  std::vector<Dialect> dialects_;
  std::function<Health()> readiness_;
  std::function<wire::http::Response(const wire::http::Request&)> metrics_;
};

}  // namespace parcelwake::api
