#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace parcelwake::wire::http {

// A listening TCP socket (non-blocking, closed on exec); whoever takes it closes it.
// An empty host is every address, IPv4 and IPv6. The error names the address and the reason.
Result<int, std::string> listen_on(const std::string& host, std::uint16_t port);

// The port a socket is bound to.
std::uint16_t port_of(int socket);

}  // namespace parcelwake::wire::http
