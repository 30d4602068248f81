#include "wire/http/server/testing/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace parcelwake::wire::http::testing {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{10};

bool is_readable_before(int socket, Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  pollfd polled{socket, POLLIN, 0};
  return left.count() > 0 && poll(&polled, 1, static_cast<int>(left.count())) > 0;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  const std::string line = "\r\n" + std::string(name) + ": ";
  const std::size_t start = head.find(line);
  if (start == std::string::npos) return "";
  const std::size_t value = start + line.size();
  return head.substr(value, head.find("\r\n", value) - value);
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) shutdown(socket_, SHUT_RDWR);
}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::finish_sending() { shutdown(socket_, SHUT_WR); }

void RawClient::abort() {
  const linger reset{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(socket_);
  socket_ = -1;
}

bool RawClient::read_more() {
  if (!is_readable_before(socket_, Clock::now() + kPatience)) return false;
  std::array<char, 65'536> bytes;
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  pending_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

Answer RawClient::receive(bool bodyless) {
  std::size_t head_end = 0;
  while ((head_end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) return {};
  }
  Answer answer;
  answer.head = pending_.substr(0, head_end);
  pending_.erase(0, head_end + 4);
  std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
  if (bodyless || answer.status == 100) return answer;
  const std::string length = answer.header("Content-Length");
  std::size_t size = 0;
  std::from_chars(length.data(), length.data() + length.size(), size);
  while (pending_.size() < size) {
    if (!read_more()) return {};
  }
  answer.body = pending_.substr(0, size);
  pending_.erase(0, size);
  return answer;
}

std::optional<std::string> RawClient::receive_to_end(std::chrono::milliseconds time) {
  const Clock::time_point deadline = Clock::now() + time;
  std::array<char, 65'536> bytes;
  while (is_readable_before(socket_, deadline)) {
    const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0) return std::move(pending_);
    pending_.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return std::nullopt;
}

std::string talk(std::uint16_t port, std::string_view request) {
  RawClient client(port);
  client.send(request);
  return client.receive_to_end().value_or("(still open)");
}

}  // namespace parcelwake::wire::http::testing
