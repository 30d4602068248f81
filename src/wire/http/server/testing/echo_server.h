#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "wire/http/server/server.h"

namespace parcelwake::wire::http::testing {

inline Response envelope(int status) {
  return {.status = status, .body = fmt::format(R"({{"meta":{{"code":{}}}}})", status)};
}

// What the handler saw: "METHOD|target|path|query|body".
inline Response echo(const Request& request) {
  return {.body =
              fmt::format("{}|{}|{}|{}|{}", request.method, request.target, request.path, request.query, request.body)};
}

inline Response envelope_for_any_path(int status, std::string_view) { return envelope(status); }

inline std::unique_ptr<Server> serve(ServerOptions options, Handler handler) {
  if (!options.error_page) options.error_page = envelope_for_any_path;
  auto started = Server::start(std::move(options), std::move(handler));
  if (!started) std::abort();
  return std::move(started).value();
}

inline std::unique_ptr<Server> serve_echo(ServerOptions options = {}) {
  return serve(std::move(options), [](const Request& request, Reply reply) { std::move(reply).send(echo(request)); });
}

}  // namespace parcelwake::wire::http::testing
