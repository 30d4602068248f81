#include "wire/http/client/address_rule.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::http {
namespace {

TEST(AddressRule, PublicAddressesArePublic) {
  for (const char* text :
       {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.0.1", "100.128.0.1", "223.255.255.254",
        "2606:4700::1111", "2a00:1450:4001::5", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"}) {
    EXPECT_TRUE(is_public_address(text)) << text;
  }
}

TEST(AddressRule, PrivateAndSpecialAddressesAreNot) {
  for (const char* text : {"0.0.0.0",          "10.1.2.3",        "100.64.0.1",      "127.0.0.1",   "127.255.0.1",
                           "169.254.169.254",  "172.16.0.1",      "172.31.255.255",  "192.168.1.1", "198.19.0.1",
                           "203.0.113.9",      "224.0.0.1",       "255.255.255.255", "::",          "::1",
                           "::127.0.0.1",      "fc00::1",         "fd12::1",         "fe80::1",     "fe80::1%eth0",
                           "fec0::1",          "ff02::1",         "2001:db8::1",     "2001::1",     "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",   "2002:a00:1::"}) {
    EXPECT_FALSE(is_public_address(text)) << text;
  }
}

TEST(AddressRule, WhatIsNoAddressIsNotPublic) {
  EXPECT_FALSE(is_public_address(""));
  EXPECT_FALSE(is_public_address("example.com"));
  EXPECT_FALSE(is_public_address("1.2.3"));
}

}  // namespace
}  // namespace parcelwake::wire::http
