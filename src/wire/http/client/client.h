#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::http {

enum class ClientMethod { Get, Post };

struct ClientRequest {
  ClientMethod method = ClientMethod::Get;
  std::string url;  // http or https; sent as it stands
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                           // of a POST
  std::chrono::milliseconds timeout{20'000};  // from send() to the last byte
  std::size_t max_body = 8U << 20;            // of the answer, decoded
  bool cut_body = false;                      // a longer answer is cut there and given, instead of TooLarge
  bool allow_private = false;                 // private, loopback and link-local addresses may be asked
};

struct ClientResponse {
  int status = 0;
  std::string content_type;  // as sent; empty when missing
  std::string retry_after;   // as sent; empty when missing
  std::string body;
};

struct ClientError {
  enum class Kind {
    Malformed,         // The request cannot be sent: no http(s) URL, or a line break in a header.
    ForbiddenAddress,  // The host is a private address.
    Unreachable,       // No address, no connection, or one that broke.
    Insecure,          // TLS failed: the certificate above all.
    TimedOut,
    TooLarge,  // More bytes than allowed; the rest was not read.
    Garbled,   // What came is no HTTP.
    Stopped,   // The client stopped before an answer came.
  };
  Kind kind = Kind::Unreachable;
  std::string detail;  // for people; names no secret
};

struct ClientOptions {
  std::string ca_file = "/etc/ssl/certs/ca-certificates.crt";
  std::string user_agent = "Parcelwake";
  std::chrono::milliseconds connect_timeout{10'000};
  std::int64_t connections_per_host = 16;  // requests beyond wait their turn, while their time runs
  std::int64_t idle_connections = 256;     // kept for the next request
  std::size_t max_header_bytes = 64U << 10;
};

// An HTTP client for thousands of requests in flight on one thread of its own.
//
// Connections are kept and shared, HTTP/2 is used where the server offers it over TLS, answers are decompressed.
// Certificates are verified. Redirects are not followed: a 3xx is an answer like any other. The environment's proxy
// settings are not read. A host that hangs, drips, floods or talks nonsense costs its own requests only.
class Client {
 public:
  using Answered = std::function<void(Result<ClientResponse, ClientError>)>;

  explicit Client(ClientOptions options = {});
  ~Client();  // stops

  // Starts the thread. Requests sent before wait for it.
  void start();

  // Answers what is in flight with Stopped, drops the timers and joins the thread: nothing is called back afterwards,
  // and what is sent then is dropped. A callback must not answer each Stopped with another request: that would never
  // end. Not from a callback.
  void stop();

  // Calls `answered` exactly once, on the client's thread; it must not block. From any thread.
  void send(ClientRequest request, Answered answered);

  // Calls `due` once on the client's thread when `delay` is over. From any thread.
  void after(std::chrono::milliseconds delay, std::function<void()> due);

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace parcelwake::wire::http
