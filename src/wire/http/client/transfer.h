#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

#include "wire/http/client/client.h"

namespace parcelwake::wire::http {

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

// One request under way and what has come of its answer so far. Its address must not change: libcurl holds it.
class Transfer {
 public:
  Transfer(ClientRequest request, Client::Answered answered, const ClientOptions& options);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Takes a handle and tells it everything about the request; false when the request is malformed.
  bool prepare(EasyHandle easy);

  CURL* easy() const { return easy_.get(); }
  EasyHandle take_easy() { return std::move(easy_); }
  std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  // Each ends the transfer by its one callback.
  void finish(CURLcode code);
  void fail_with(ClientError::Kind kind, std::string detail);

 private:
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_connected(void* self, char* remote, char* local, int remote_port, int local_port);

  bool set_headers();
  void set_body();
  void set_limits();
  bool accept_address(bool is_public);
  ClientError error_for(CURLcode code) const;

  const ClientRequest request_;
  const Client::Answered answered_;
  const ClientOptions& options_;
  const std::chrono::steady_clock::time_point deadline_;
  EasyHandle easy_;
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_;
  ClientResponse response_;
  std::size_t header_bytes_ = 0;
  bool too_large_ = false;
  bool cut_ = false;  // the rest of the answer is of no interest
  bool forbidden_ = false;
};

}  // namespace parcelwake::wire::http
