#include "wire/http/server/trusted_proxies.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/ascii.h"

namespace parcelwake::wire::http {
namespace {

using Address = std::array<std::uint8_t, 16>;

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<Address> parse_address(std::string_view text) {
  const std::string bare(text.substr(0, text.find('%')));
  Address address{};
  if (inet_pton(AF_INET6, bare.c_str(), address.data()) == 1) return address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
  if (inet_pton(AF_INET, bare.c_str(), address.data() + kMappedPrefix.size()) == 1) return address;
  return std::nullopt;
}

bool is_ipv4(const Address& address) { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin()); }

std::string text_of(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_ipv4(address)) {
    inet_ntop(AF_INET, address.data() + kMappedPrefix.size(), text.data(), text.size());
  } else {
    inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  }
  return text.data();
}

// "192.0.2.7", "192.0.2.7:4711", "2001:db8::7", "[2001:db8::7]:4711".
std::optional<Address> parse_hop(std::string_view text) {
  text = ascii::trimmed(text);
  if (text.starts_with('[')) return parse_address(text.substr(1, text.find(']') - 1));
  const bool has_port = std::count(text.begin(), text.end(), ':') == 1;
  return parse_address(has_port ? text.substr(0, text.find(':')) : text);
}

// What X-Forwarded-For says over all its fields, the nearest hop last.
std::string forwarded_for(const Request& request) {
  std::string hops;
  for (const HeaderField& field : request.headers) {
    if (!ascii::equals_ignoring_case(field.name, "X-Forwarded-For")) continue;
    if (!hops.empty()) hops += ',';
    hops += field.value;
  }
  return hops;
}

}  // namespace

Result<TrustedProxies, std::string> TrustedProxies::parse(std::span<const std::string> networks) {
  TrustedProxies proxies;
  for (const std::string& text : networks) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto first = parse_address(std::string_view(text).substr(0, slash));
    int bits = 128;
    if (first && slash < text.size()) {
      const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
      const int most = is_ipv4(*first) && text.find(':') == std::string::npos ? 32 : 128;
      if (error != std::errc{} || end != text.data() + text.size() || bits < 0 || bits > most) bits = -1;
      if (bits >= 0) bits += 128 - most;
    }
    if (!first || bits < 0) return fail("'" + text + "' is no address and no network such as 10.0.0.0/8");
    proxies.networks_.push_back({.first = *first, .bits = bits});
  }
  return proxies;
}

bool TrustedProxies::trusts(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(address.begin(), address.begin() + whole, network.first.begin())) return false;
    const int rest = network.bits % 8;
    return rest == 0 || (address[whole] >> (8 - rest)) == (network.first[whole] >> (8 - rest));
  });
}

std::optional<Address> TrustedProxies::address_of(const Request& request) const {
  auto client = parse_address(request.client_address);
  if (!client || !trusts(*client)) return client;
  const std::string hops = forwarded_for(request);
  std::string_view left = hops;
  while (!left.empty() && trusts(*client)) {
    const auto comma = left.rfind(',');
    const auto hop = parse_hop(comma == std::string_view::npos ? left : left.substr(comma + 1));
    if (!hop) break;
    client = hop;
    left = left.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return client;
}

std::string TrustedProxies::client_of(const Request& request) const {
  const auto client = address_of(request);
  return client ? text_of(*client) : std::string(request.client_address);
}

std::string TrustedProxies::client_network_of(const Request& request) const {
  constexpr std::ptrdiff_t kNetworkBytes = 8;
  auto client = address_of(request);
  if (!client) return std::string(request.client_address);
  if (!is_ipv4(*client)) std::fill(client->begin() + kNetworkBytes, client->end(), std::uint8_t{0});
  return text_of(*client);
}

}  // namespace parcelwake::wire::http
