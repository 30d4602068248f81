#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake::wire::http::testing {

// One answer as it came over the wire.
struct Answer {
  int status = 0;
  std::string head;  // status line and header lines, without the empty line
  std::string body;

  // The value of a header line, "" when there is none. `name` as the server writes it.
  std::string header(std::string_view name) const;
};

// A client that sends bytes as they are and shows what comes back. Every wait ends after ten seconds.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);
  // No more bytes from us.
  void finish_sending();
  // A reset instead of an orderly end.
  void abort();
  // The next answer; status 0 when the connection ended before it was whole. `bodyless` for answers to HEAD.
  Answer receive(bool bodyless = false);
  // Everything until the server closes; nothing when it has not closed after `time`.
  std::optional<std::string> receive_to_end(std::chrono::milliseconds time = std::chrono::seconds(10));
  // Whether the server has closed within `time`, whatever it sent before.
  bool is_closed_within(std::chrono::milliseconds time) { return receive_to_end(time).has_value(); }
  int socket() const { return socket_; }

 private:
  bool read_more();

  int socket_;
  std::string pending_;
};

// One connection, one request, everything the server says until it closes.
std::string talk(std::uint16_t port, std::string_view request);

}  // namespace parcelwake::wire::http::testing
