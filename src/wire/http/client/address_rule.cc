#include "wire/http/client/address_rule.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace parcelwake::wire::http {
namespace {

using Ipv6 = std::array<std::uint8_t, 16>;

struct Ipv4Range {
  std::uint32_t first;
  int bits;
};

// IANA IPv4 Special-Purpose Address Registry, multicast and the reserved class E.
constexpr std::array<Ipv4Range, 15> kSpecialIpv4 = {{
    {0x00000000, 8},   // 0.0.0.0/8, this network
    {0x0A000000, 8},   // 10.0.0.0/8
    {0x64400000, 10},  // 100.64.0.0/10, carrier-grade NAT
    {0x7F000000, 8},   // 127.0.0.0/8
    {0xA9FE0000, 16},  // 169.254.0.0/16, link-local
    {0xAC100000, 12},  // 172.16.0.0/12
    {0xC0000000, 24},  // 192.0.0.0/24, protocol assignments
    {0xC0000200, 24},  // 192.0.2.0/24, documentation
    {0xC0586300, 24},  // 192.88.99.0/24, 6to4 relays
    {0xC0A80000, 16},  // 192.168.0.0/16
    {0xC6120000, 15},  // 198.18.0.0/15, benchmarks
    {0xC6336400, 24},  // 198.51.100.0/24, documentation
    {0xCB007100, 24},  // 203.0.113.0/24, documentation
    {0xE0000000, 4},   // 224.0.0.0/4, multicast
    {0xF0000000, 4},   // 240.0.0.0/4, reserved
}};

bool is_public_ipv4(std::uint32_t address) {
  return std::none_of(kSpecialIpv4.begin(), kSpecialIpv4.end(), [&](const Ipv4Range& range) {
    return (address >> (32 - range.bits)) == (range.first >> (32 - range.bits));
  });
}

struct Ipv6Range {
  Ipv6 first;
  int bits;
};

// IANA IPv6 Special-Purpose Address Registry within 2000::/3; whatever lies outside that block is not public at all.
constexpr std::array<Ipv6Range, 3> kSpecialIpv6 = {{
    {{0x20, 0x01}, 23},              // 2001::/23, protocol assignments, Teredo
    {{0x20, 0x01, 0x0D, 0xB8}, 32},  // 2001:db8::/32, documentation
    {{0x3F, 0xFF}, 20},              // 3fff::/20, documentation
}};
constexpr Ipv6Range kGlobalUnicast = {{0x20}, 3};
constexpr Ipv6Range kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96};
constexpr Ipv6Range kNat64 = {{0x00, 0x64, 0xFF, 0x9B}, 96};
constexpr Ipv6Range kSixToFour = {{0x20, 0x02}, 16};

bool contains(const Ipv6Range& range, const Ipv6& address) {
  const auto whole = static_cast<std::size_t>(range.bits / 8);
  if (!std::equal(range.first.begin(), range.first.begin() + whole, address.begin())) return false;
  const int rest = range.bits % 8;
  return rest == 0 || (address[whole] >> (8 - rest)) == (range.first[whole] >> (8 - rest));
}

std::uint32_t ipv4_at(const Ipv6& address, std::size_t offset) {
  std::uint32_t ipv4 = 0;
  for (std::size_t i = 0; i < 4; ++i) ipv4 = (ipv4 << 8) | address[offset + i];
  return ipv4;
}

bool is_public_ipv6(const Ipv6& address) {
  if (contains(kMapped, address) || contains(kNat64, address)) return is_public_ipv4(ipv4_at(address, 12));
  if (contains(kSixToFour, address)) return is_public_ipv4(ipv4_at(address, 2));
  if (!contains(kGlobalUnicast, address)) return false;
  return std::none_of(kSpecialIpv6.begin(), kSpecialIpv6.end(),
                      [&](const Ipv6Range& range) { return contains(range, address); });
}

Ipv6 bytes_of(const in6_addr& address) {
  Ipv6 bytes{};
  std::memcpy(bytes.data(), &address, bytes.size());
  return bytes;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof(ipv4));
    return is_public_ipv4(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof(ipv6));
    return is_public_ipv6(bytes_of(ipv6.sin6_addr));
  }
  return false;
}

bool is_public_address(std::string_view text) {
  const std::string bare(text.substr(0, text.find('%')));
  in_addr ipv4{};
  if (inet_pton(AF_INET, bare.c_str(), &ipv4) == 1) return is_public_ipv4(ntohl(ipv4.s_addr));
  in6_addr ipv6{};
  if (inet_pton(AF_INET6, bare.c_str(), &ipv6) == 1) return is_public_ipv6(bytes_of(ipv6));
  return false;
}

}  // namespace parcelwake::wire::http
