#include "wire/http/client/testing/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "base/ascii.h"

namespace parcelwake::wire::http::testing {
namespace {

constexpr int kPollMs = 10;

}  // namespace

std::string RawRequest::header(std::string_view name) const {
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos) {
    const std::size_t end = head.find("\r\n", at + 2);
    const std::string_view line = std::string_view(head).substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && ascii::equals_ignoring_case(line.substr(0, colon), name)) {
      return std::string(ascii::trimmed(line.substr(colon + 1)));
    }
    at = end;
  }
  return "";
}

bool RawConnection::receive() {
  while (!stopping_) {
    pollfd wanted{socket_, POLLIN, 0};
    if (poll(&wanted, 1, kPollMs) <= 0) continue;
    std::array<char, 4096> bytes{};
    const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  return false;
}

std::optional<RawRequest> RawConnection::read_request() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return std::nullopt;
  }
  RawRequest request;
  request.head = buffer_.substr(0, end);
  const std::size_t first = request.head.find(' ');
  request.method = request.head.substr(0, first);
  request.target = request.head.substr(first + 1, request.head.find(' ', first + 1) - first - 1);
  const auto length = static_cast<std::size_t>(std::atoll(request.header("Content-Length").c_str()));
  while (buffer_.size() < end + 4 + length) {
    if (!receive()) return std::nullopt;
  }
  request.body = buffer_.substr(end + 4, length);
  buffer_.erase(0, end + 4 + length);
  return request;
}

bool RawConnection::write(std::string_view bytes) {
  while (!bytes.empty() && !stopping_) {
    pollfd wanted{socket_, POLLOUT, 0};
    if (poll(&wanted, 1, kPollMs) <= 0) continue;
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return bytes.empty();
}

void RawConnection::hang() {
  while (receive()) {
  }
}

RawServer::RawServer(Script script) : script_(std::move(script)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 1024) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  stopping_ = true;
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

std::string RawServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void RawServer::accept_all() {
  while (!stopping_) {
    pollfd wanted{listener_, POLLIN, 0};
    if (poll(&wanted, 1, kPollMs) <= 0) continue;
    const int peer = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer < 0) continue;
    ++connections_;
    threads_.emplace_back([this, peer] {
      RawConnection connection(peer, stopping_);
      script_(connection);
      close(peer);
    });
  }
}

std::string raw_answer(int status, std::string_view body, std::string_view content_type,
                       std::string_view more_headers) {
  return "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Type: " + std::string(content_type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more_headers) + "\r\n" +
         std::string(body);
}

RawServer::Script answering(std::function<std::string(const RawRequest&)> reply) {
  return [reply = std::move(reply)](RawConnection& connection) {
    while (const auto request = connection.read_request()) {
      if (!connection.write(reply(*request))) return;
    }
  };
}

}  // namespace parcelwake::wire::http::testing
