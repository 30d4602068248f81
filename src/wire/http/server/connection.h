#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http/server/caretaker.h"
#include "wire/http/server/certificate.h"
#include "wire/http/server/exchange.h"
#include "wire/http/server/message.h"
#include "wire/http/server/request_id.h"
#include "wire/http/server/server_core.h"

struct MHD_Connection;

namespace parcelwake::wire::http {

// What a socket still has for us.
enum class Unread { Bytes, Nothing, End };

// One client connection and the request it is at: libmicrohttpd's callbacks in, handler calls and answers out.
// Used by the one thread that libmicrohttpd gives the connection. Its buffers serve one request after the other.
class Connection {
 public:
  Connection(ServerCore& core, MHD_Connection* handle);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The one that belongs to libmicrohttpd's handle; null when a Server did not open it.
  static Connection* of(MHD_Connection* handle);

  // A request line has been read. `target` is in libmicrohttpd's buffer and ends in NUL.
  void begin_request(const char* target);
  // Called at the end of the head (no data), for pieces of body (with data), at the request's end (no data) and after
  // every awakening. False ends the connection.
  bool proceed(const char* method, const char* version, const char* data, std::size_t* data_size);
  // The answer is out, or the connection broke.
  void end_request();
  // Answers what libmicrohttpd could not parse. What the library's queue function returns.
  int answer_unparsed(unsigned status);
  // The certificate for this connection's handshake, kept as long as the connection.
  Certificate* certificate();

 private:
  enum class Stage { Idle, Head, Body, Handled, Answered };

  bool take_head(const char* method, const char* version);
  bool take_body(const char* data, std::size_t& size);
  bool handle();
  bool finish();
  bool refuse(int status);
  bool answer(Response& response);
  int queue(Response& response, bool keep_body_in_place);
  void farewell(int status);
  Response error_page(int status) const;
  void tell_observer(const Response& response, const Label& label);
  void end_within(std::chrono::milliseconds time);
  bool is_first_line_unparsed(Unread unread) const;

  ServerCore& core_;
  MHD_Connection* const handle_;
  Watched watched_;
  Stage stage_ = Stage::Idle;
  bool has_begun_ = false;  // a first request
  bool linger_ = false;
  const std::int64_t opened_ms_;
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<Certificate> certificate_;
  const char* target_place_ = nullptr;
  std::string target_;       // empty between requests
  std::string_view method_;  // empty between requests
  RequestId request_id_;
  std::chrono::steady_clock::time_point handled_at_{};  // when the handler was called; zero before
  std::vector<HeaderField> fields_;
  std::string body_;
  std::string client_address_;
};

}  // namespace parcelwake::wire::http
