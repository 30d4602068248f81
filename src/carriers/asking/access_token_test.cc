#include "carriers/asking/access_token.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;
using ports::CarrierError;

const Timestamp kNow = from_unix_seconds(1'700'000'000);

Result<GrantedToken, ports::CarrierFailure> read(int status, std::string body) {
  return read_token_answer({status, "application/json", "", std::move(body)});
}

TEST(TokenAnswer, LifetimesComeAsNumbersAndAsStrings) {
  EXPECT_EQ(read(200, R"({"access_token":"a","expires_in":3599})").value().lifetime, 3599s);
  EXPECT_EQ(read(200, R"({"token_type":"Bearer","expires_in":"14399","access_token":"b"})").value().lifetime, 14399s);
  EXPECT_EQ(read(200, R"({"access_token":"c"})").value().lifetime, 300s);
  EXPECT_EQ(read(200, R"({"access_token":"d","expires_in":-1})").value().lifetime, 300s);
}

TEST(TokenAnswer, RefusalsAreToldApart) {
  EXPECT_EQ(read(401, "").error().error, CarrierError::Refused);
  EXPECT_EQ(read(400, R"({"error":"invalid_client"})").error().error, CarrierError::Refused);
  EXPECT_EQ(read(429, "").error().error, CarrierError::Throttled);
  EXPECT_EQ(read(502, "").error().error, CarrierError::Unreachable);
  EXPECT_EQ(read(200, "<html>").error().error, CarrierError::Unreadable);
  EXPECT_EQ(read(200, R"({"access_token":""})").error().error, CarrierError::Unreadable);
  EXPECT_EQ(read(200, "[]").error().error, CarrierError::Unreadable);
}

TEST(AccessToken, IsRenewedBeforeItEnds) {
  AccessToken token;
  EXPECT_FALSE(token.current(kNow));
  token.grant({"a", 3600s}, kNow);
  EXPECT_EQ(token.current(kNow + 3539s), "a");
  EXPECT_FALSE(token.current(kNow + 3540s));
  token.grant({"b", 100s}, kNow);
  EXPECT_EQ(token.current(kNow + 89s), "b");
  EXPECT_FALSE(token.current(kNow + 90s));
}

TEST(AccessToken, OnlyTheTokenThatFailedIsDropped) {
  AccessToken token;
  token.grant({"new", 3600s}, kNow);
  token.drop("old");
  EXPECT_EQ(token.current(kNow), "new");
  token.drop("new");
  EXPECT_FALSE(token.current(kNow));
}

TEST(AccessToken, ARefusalIsRememberedForAMinute) {
  AccessToken token;
  token.refuse({CarrierError::Refused, "no", {}}, kNow);
  EXPECT_TRUE(token.refusal(kNow + 59s));
  EXPECT_FALSE(token.refusal(kNow + 60s));
}

}  // namespace
}  // namespace parcelwake::carriers
