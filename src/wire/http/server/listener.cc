#include "wire/http/server/listener.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace parcelwake::wire::http {

namespace {

constexpr int kBacklog = 1'024;

struct AddressesFreed {
  void operator()(addrinfo* addresses) const { freeaddrinfo(addresses); }
};

void set(int socket, int level, int option, int value) { setsockopt(socket, level, option, &value, sizeof value); }

// -1 with errno set on failure.
int listen_on(const addrinfo& address) {
  const int socket = ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return -1;
  set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (address.ai_family == AF_INET6) set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  if (bind(socket, address.ai_addr, address.ai_addrlen) == 0 && listen(socket, kBacklog) == 0) return socket;
  const int reason = errno;
  close(socket);
  errno = reason;
  return -1;
}

}  // namespace

Result<int, std::string> listen_on(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = host.empty() ? AF_INET6 : AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const char* node = host.empty() ? "::" : host.c_str();
  if (const int error = getaddrinfo(node, std::to_string(port).c_str(), &hints, &found); error != 0) {
    return fail(fmt::format("cannot listen on {}:{}: {}", host, port, gai_strerror(error)));
  }
  const std::unique_ptr<addrinfo, AddressesFreed> addresses(found);
  int reason = 0;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const int socket = listen_on(*one);
    if (socket >= 0) return socket;
    reason = errno;
  }
  if (host.empty() && reason == EAFNOSUPPORT) return listen_on("0.0.0.0", port);  // a kernel without IPv6
  return fail(fmt::format("cannot listen on {}:{}: {}", host, port, std::strerror(reason)));
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

}  // namespace parcelwake::wire::http
