#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace parcelwake::wire::http::testing {

// One request as it arrived.
struct RawRequest {
  std::string method;
  std::string target;
  std::string head;  // request line and headers
  std::string body;

  // The value of a header, name in any case; empty when missing.
  std::string header(std::string_view name) const;
};

// One connection to a RawServer, for a script to use as it likes.
class RawConnection {
 public:
  RawConnection(int socket, const std::atomic<bool>& stopping) : socket_(socket), stopping_(stopping) {}

  std::optional<RawRequest> read_request();  // nothing when the peer went away
  bool write(std::string_view bytes);        // false when the peer went away
  void hang();                               // until the peer goes away or the server stops

 private:
  bool receive();

  int socket_;
  const std::atomic<bool>& stopping_;
  std::string buffer_;
};

// A server on a free port of 127.0.0.1 that runs `script` for each connection on a thread of its own.
class RawServer {
 public:
  using Script = std::function<void(RawConnection&)>;
  explicit RawServer(Script script);
  ~RawServer();

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "") const;
  int connections() const { return connections_; }

 private:
  void accept_all();

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> connections_ = 0;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

// "HTTP/1.1 200 OK" and so on with a Content-Length.
std::string raw_answer(int status, std::string_view body, std::string_view content_type = "application/json",
                       std::string_view more_headers = "");

// A script that answers every request of every connection by `reply`.
RawServer::Script answering(std::function<std::string(const RawRequest&)> reply);

}  // namespace parcelwake::wire::http::testing
