#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "wire/http/server/message.h"
#include "wire/http/server/observed.h"

namespace parcelwake::wire::http {

// What one client, and all of them together, may cost us. The deadlines run from a fixed moment, not from the last
// byte. A connection that is kept open may be silent for idle_timeout before the next head's deadline begins.
struct Limits {
  std::size_t body = std::size_t{4} << 20;             // bytes; above: 413
  std::size_t bodies = std::size_t{512} << 20;         // bytes of all bodies not yet answered; above: 503
  std::size_t head = std::size_t{16} << 10;            // bytes of request line and header fields; above: 431
  std::size_t target = std::size_t{8} << 10;           // bytes; above: 414
  unsigned connections = 10'000;                       // further ones wait to be accepted
  unsigned connections_per_address = 0;                // further ones are closed at once; 0: no such limit
  std::chrono::seconds idle_timeout{60};               // no byte moved in either direction; 0: none
  std::chrono::milliseconds head_deadline{10'000};     // from the first byte to the end of the head (and the handshake)
  std::chrono::milliseconds body_deadline{60'000};     // from the head's end to the body's end
  std::chrono::milliseconds answer_deadline{300'000};  // from the answer's first byte to its last
};

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address or a name; "" for all addresses
  std::uint16_t port = 0;          // 0: any free one
  unsigned threads = 1;
  Limits limits{};
  std::string tls_certificate_file{};  // PEM, the chain after it; with the key: HTTPS, without: plain HTTP
  std::string tls_key_file{};          // PEM
  // The answer for a request that never reaches the handler, or that the handler left unanswered: 400, 413, 414, 431,
  // 500, 503, 505. `path` is the request's, as in Request; empty where its first line could not be read. Called from
  // any of the server's threads. Unset: an empty body.
  std::function<Response(int status, std::string_view path)> error_page{};
  Observer observe{};  // is told every answer; unset: nobody
  // Where request ids come from: each answer gets one of its own in X-Request-Id. To be drawn anew for every server,
  // so that no two runs give the same; 0: no such header.
  std::uint64_t request_id_seed = 0;
};

}  // namespace parcelwake::wire::http
