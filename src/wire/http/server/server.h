#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "wire/http/server/message.h"
#include "wire/http/server/options.h"
#include "wire/http/server/reply.h"

struct MHD_Daemon;

namespace parcelwake::wire::http {

// Called on one of the server's threads, for several requests at once when there are several threads. It must not
// block: what takes long keeps the Reply and returns. An exception answers 500.
using Handler = std::function<void(const Request&, Reply)>;

struct ServerCore;

// HTTP/1.0 and 1.1 on one socket, plain or TLS (1.2 and up), for clients as they are: a bare LF may end a header line,
// a body may come with any method, chunked or not, and what stands in the target is nobody's business but the
// handler's. What is too large, too slow or framed in more than one way never reaches the handler.
class Server {
 public:
  // Serves when it returns. The error is a sentence for the operator.
  static Result<std::unique_ptr<Server>, std::string> start(ServerOptions options, Handler handler);

  // drain() without grace, if nobody called it.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const { return port_; }

  // Reads the certificate and key files again, for new connections. On failure the old ones stay in use.
  Result<void, std::string> reload_tls();

  // Stops accepting, closes connections that are idle or whose head is still incomplete, lets requests under way finish
  // (their answers say `Connection: close`) for `grace` at most, answers 503 to those that still wait for their Reply,
  // and returns when the server has stopped. Replies may be sent afterwards; they go nowhere. To be called once, and
  // not by the handler.
  void drain(std::chrono::milliseconds grace);

 private:
  Server(std::unique_ptr<ServerCore> core, MHD_Daemon* daemon, int listener, std::uint16_t port);

  std::unique_ptr<ServerCore> core_;
  MHD_Daemon* daemon_;  // null once drained
  int listener_;
  std::uint16_t port_;
};

}  // namespace parcelwake::wire::http
