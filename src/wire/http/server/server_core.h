#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "wire/http/server/caretaker.h"
#include "wire/http/server/certificate.h"
#include "wire/http/server/exchange.h"
#include "wire/http/server/options.h"
#include "wire/http/server/request_id.h"
#include "wire/http/server/server.h"

namespace parcelwake::wire::http {

// What a server's connections share.
struct ServerCore {
  ServerCore(ServerOptions server_options, Handler request_handler);

  bool is_tls() const { return !options.tls_certificate_file.empty(); }
  // The id of a further request; empty when there are none. From any thread.
  RequestId next_request_id();
  // The error page for `status`, with that status, for a request of that path.
  Response error_page(int status, std::string_view path) const;

  const ServerOptions options;
  const Handler handler;
  CertificateStore certificates;
  Caretaker caretaker;
  WaitingRoom waiting_room;
  std::atomic<bool> draining{false};           // every answer from now on closes its connection
  std::atomic<std::size_t> body_bytes{0};      // of all requests that are not ended
  std::atomic<std::uint64_t> request_ids{0};   // given so far
  std::atomic<std::size_t> requests_begun{0};  // their head has come whole; and not ended
};

}  // namespace parcelwake::wire::http
