#include "carriers/asking/breaker.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;

const Timestamp kStart = from_unix_seconds(1'700'000'000);

Breaker opened() {
  Breaker breaker;
  for (int i = 0; i < 5; ++i) breaker.failed(kStart);
  return breaker;
}

TEST(Breaker, OpensAfterFiveFailuresInARow) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(kStart);
  breaker.succeeded();
  for (int i = 0; i < 4; ++i) breaker.failed(kStart);
  EXPECT_TRUE(breaker.allow(kStart));
  breaker.failed(kStart);
  EXPECT_FALSE(breaker.allow(kStart));
  EXPECT_EQ(breaker.wait(kStart), 30s);
}

TEST(Breaker, TriesWithOneOnly) {
  Breaker breaker = opened();
  EXPECT_FALSE(breaker.allow(kStart + 29s));
  EXPECT_TRUE(breaker.allow(kStart + 30s));
  EXPECT_FALSE(breaker.allow(kStart + 30s));
  breaker.succeeded();
  EXPECT_TRUE(breaker.allow(kStart + 30s));
  EXPECT_FALSE(breaker.open());
}

TEST(Breaker, ATryWithoutOutcomeIsFollowedByAnother) {
  Breaker breaker = opened();
  ASSERT_TRUE(breaker.allow(kStart + 30s));
  EXPECT_FALSE(breaker.allow(kStart + 59s));
  EXPECT_TRUE(breaker.allow(kStart + 60s));
}

TEST(Breaker, RestsTwiceAsLongAfterAFailedTryAndTenMinutesAtMost) {
  Breaker breaker = opened();
  Timestamp now = kStart;
  for (const auto rest : {30s, 60s, 120s, 240s, 480s, 600s, 600s}) {
    EXPECT_EQ(breaker.wait(now), rest);
    now += rest;
    ASSERT_TRUE(breaker.allow(now));
    breaker.failed(now);
  }
}

TEST(Breaker, LateFailuresOfTheSameOutageDoNotProlongIt) {
  Breaker breaker = opened();
  breaker.failed(kStart + 20s);
  EXPECT_EQ(breaker.wait(kStart + 20s), 10s);
}

}  // namespace
}  // namespace parcelwake::carriers
