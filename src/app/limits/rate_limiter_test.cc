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
  for (int i = 0; i < calls; ++i) count += limiter.admit("caller", now) ? 1 : 0;
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
  EXPECT_TRUE(limiter.admit("a", kStart));
  EXPECT_TRUE(limiter.admit("b", kStart));
  EXPECT_FALSE(limiter.admit("a", kStart));
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

}  // namespace
}  // namespace parcelwake::app
