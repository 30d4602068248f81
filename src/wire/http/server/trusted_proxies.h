#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/http/server/message.h"

namespace parcelwake::wire::http {

// The proxies whose word about who calls is taken. With none, nobody's is. Immutable.
class TrustedProxies {
 public:
  TrustedProxies() = default;
  // Addresses and networks: "127.0.0.1", "10.0.0.0/8", "fd00::/8". The error is a sentence about the first that is
  // none.
  static Result<TrustedProxies, std::string> parse(std::span<const std::string> networks);

  // The address of who made the request: the connection's, or, where that is a trusted proxy's, the last that
  // X-Forwarded-For names and that is none. Addresses of IPv4 inside IPv6 are told as IPv4.
  std::string client_of(const Request& request) const;

  // Whom to count that client as: an address of IPv4 for itself, one of IPv6 by its first 64 bits ("2001:db8::"), of
  // which everybody with a line at home has all.
  std::string client_network_of(const Request& request) const;

 private:
  using Address = std::array<std::uint8_t, 16>;  // of IPv4 as mapped into IPv6
  struct Network {
    Address first;
    int bits;
  };

  std::optional<Address> address_of(const Request& request) const;  // nothing: it has none
  bool trusts(const Address& address) const;

  std::vector<Network> networks_;
};

}  // namespace parcelwake::wire::http
