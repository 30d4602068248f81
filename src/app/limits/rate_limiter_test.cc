#include "app/limits/rate_limiter.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"

namespace parcelwake::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Timestamp kStart = domain::examples::utc(2024, 3, 1);

int admitted(RateLimiter& limiter, int calls, Timestamp now) {
  int count = 0;
  for (int i = 0; i < calls; ++i) count += limiter.admit("caller", now).admitted ? 1 : 0;
  return count;
}

TEST(RateLimiter, AdmitsASecondsWorthAtOnceAndThenAtTheRate) {
  RateLimiter limiter({.per_second = 3});
  EXPECT_EQ(admitted(limiter, 10, kStart), 3);
  EXPECT_EQ(admitted(limiter, 10, kStart + milliseconds{400}), 1);
  EXPECT_EQ(admitted(limiter, 10, kStart + minutes{10}), 3);
}

TEST(RateLimiter, ARefusedCallCostsNothing) {
  RateLimiter limiter({.per_second = 1});
  EXPECT_EQ(admitted(limiter, 100, kStart), 1);
  EXPECT_EQ(admitted(limiter, 1, kStart + seconds{1}), 1);
}

TEST(RateLimiter, CountsCallersApart) {
  RateLimiter limiter({.per_second = 1});
  EXPECT_TRUE(limiter.admit("a", kStart).admitted);
  EXPECT_TRUE(limiter.admit("b", kStart).admitted);
  EXPECT_FALSE(limiter.admit("a", kStart).admitted);
}

TEST(RateLimiter, ZeroIsNoLimit) {
  RateLimiter limiter({.per_second = 0});
  EXPECT_EQ(admitted(limiter, 1000, kStart), 1000);
}

TEST(RateLimiter, SilenceEarnsNoMoreThanTheRateHoweverSlowItIs) {
  RateLimiter limiter({.per_second = 0.001});
  EXPECT_EQ(admitted(limiter, 5, kStart), 1);
  EXPECT_EQ(admitted(limiter, 5, kStart + minutes{5}), 0);
  EXPECT_EQ(admitted(limiter, 5, kStart + seconds{1001}), 1);
}

TEST(RateLimiter, AClockThatJumpsBackEarnsNothingTwice) {
  RateLimiter limiter({.per_second = 1});
  EXPECT_EQ(admitted(limiter, 5, kStart + seconds{10}), 1);
  EXPECT_EQ(admitted(limiter, 5, kStart), 0);
  EXPECT_EQ(admitted(limiter, 5, kStart + seconds{10}), 0);
}

TEST(RateLimiter, TellsHowACallerStands) {
  RateLimiter limiter({.per_second = 3});
  const RateStanding first = limiter.admit("caller", kStart);
  EXPECT_EQ(first.limit, 3);
  EXPECT_EQ(first.remaining, 2);
  EXPECT_EQ(first.reset, seconds{1});
  EXPECT_EQ(first.retry_after, seconds{0});
  admitted(limiter, 2, kStart);
  const RateStanding refused = limiter.admit("caller", kStart);
  EXPECT_FALSE(refused.admitted);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.retry_after, seconds{1});
  EXPECT_EQ(RateLimiter({.per_second = 0}).admit("caller", kStart).limit, 0);
  RateLimiter slow({.per_second = 0.1});
  EXPECT_TRUE(slow.admit("caller", kStart).admitted);
  EXPECT_EQ(slow.admit("caller", kStart).retry_after, seconds{10});
}

TEST(RateLimiter, ABreachBlocksForAsLongAsItIsToldTo) {
  RateLimiter limiter({.per_second = 1, .block = seconds{120}});
  EXPECT_EQ(admitted(limiter, 2, kStart), 1);
  EXPECT_EQ(limiter.admit("caller", kStart + seconds{50}).retry_after, seconds{70});
  EXPECT_EQ(admitted(limiter, 1, kStart + seconds{119}), 0) << "further calls do not prolong it";
  EXPECT_EQ(admitted(limiter, 1, kStart + seconds{120}), 1);
}

}  // namespace
}  // namespace parcelwake::app
