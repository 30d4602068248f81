#include "wire/http/server/trusted_proxies.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::http {
namespace {

std::string client(const std::vector<std::string>& trusted, std::string_view connection,
                   const std::vector<HeaderField>& headers) {
  const auto proxies = TrustedProxies::parse(trusted);
  EXPECT_TRUE(proxies.ok());
  Request request;
  request.client_address = connection;
  request.headers = headers;
  return proxies->client_of(request);
}

TEST(TrustedProxies, NobodysWordIsTakenUnlessItIsTrusted) {
  EXPECT_EQ(client({}, "192.0.2.1", {{"X-Forwarded-For", "198.51.100.7"}}), "192.0.2.1");
  EXPECT_EQ(client({"10.0.0.0/8"}, "192.0.2.1", {{"X-Forwarded-For", "198.51.100.7"}}), "192.0.2.1");
  EXPECT_EQ(client({"192.0.2.1"}, "192.0.2.1", {{"X-Forwarded-For", "198.51.100.7"}}), "198.51.100.7");
  EXPECT_EQ(client({"192.0.2.1"}, "192.0.2.1", {}), "192.0.2.1");
}

TEST(TrustedProxies, TheLastHopThatIsNoTrustedProxyIsTheClient) {
  const std::vector<std::string> trusted = {"10.0.0.0/8"};
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"X-Forwarded-For", "1.2.3.4, 198.51.100.7, 10.9.9.9"}}), "198.51.100.7");
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"x-forwarded-for", "1.2.3.4"}, {"X-Forwarded-For", "198.51.100.7"}}),
            "198.51.100.7");
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}}), "10.0.0.3");
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"X-Forwarded-For", "1.2.3.4, unknown"}}), "10.0.0.1");
}

TEST(TrustedProxies, HopsMayHavePortsAndBeIpv6) {
  const std::vector<std::string> trusted = {"::1", "fd00::/8", "127.0.0.1"};
  EXPECT_EQ(client(trusted, "::1", {{"X-Forwarded-For", "198.51.100.7:4711"}}), "198.51.100.7");
  EXPECT_EQ(client(trusted, "::1", {{"X-Forwarded-For", "[2001:db8::7]:4711"}}), "2001:db8::7");
  EXPECT_EQ(client(trusted, "fd12::1", {{"X-Forwarded-For", "2001:DB8::7"}}), "2001:db8::7");
  EXPECT_EQ(client(trusted, "::ffff:127.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}}), "198.51.100.7");
  EXPECT_EQ(client(trusted, "::1", {{"X-Forwarded-For", "[2001:db8::7"}}), "2001:db8::7");
}

TEST(TrustedProxies, WhatIsNoNetworkIsRefused) {
  for (const char* text : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0.0/8x"}) {
    const std::vector<std::string> networks = {text};
    EXPECT_FALSE(TrustedProxies::parse(networks).ok()) << text;
  }
  const std::vector<std::string> everybody = {"0.0.0.0/0", "::/0"};
  EXPECT_TRUE(TrustedProxies::parse(everybody).ok());
}

}  // namespace
}  // namespace parcelwake::wire::http
