#include "carriers/asking/pace.h"

#include <gtest/gtest.h>

#include <deque>

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;

const Timestamp kStart = from_unix_seconds(1'700'000'000);

TEST(Pace, WithoutABudgetNothingWaits) {
  Pace pace({});
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(pace.wait(kStart), 0ms);
    pace.take(kStart);
  }
}

TEST(Pace, OneInFiveSeconds) {
  Pace pace({.per_second = 0.2});
  EXPECT_EQ(pace.wait(kStart), 0ms);
  pace.take(kStart);
  EXPECT_EQ(pace.wait(kStart), 5000ms);
  EXPECT_EQ(pace.wait(kStart + 4s), 1000ms);
  EXPECT_EQ(pace.wait(kStart + 5s), 0ms);
}

TEST(Pace, ASecondsWorthMayGoAtOnceButNotMore) {
  Pace pace({.per_second = 10});
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(pace.wait(kStart), 0ms);
    pace.take(kStart);
  }
  EXPECT_EQ(pace.wait(kStart), 100ms);
}

TEST(Pace, TheDaysQuotaHoldsOverAnyTwentyFourHours) {
  Pace pace({.per_day = 250});
  std::deque<Timestamp> sent;
  for (Timestamp now = kStart; now < kStart + 120h; now += 1min) {
    if (pace.wait(now) > 0ms) continue;
    pace.take(now);
    sent.push_back(now);
    while (sent.front() <= now - 24h) sent.pop_front();
    ASSERT_LE(sent.size(), 250U);
  }
  EXPECT_GT(sent.size(), 200U);
}

TEST(Pace, AnHoursQuotaSaysHowLongItLasts) {
  Pace pace({.per_hour = 2});
  pace.take(kStart);
  pace.take(kStart + 10min);
  EXPECT_EQ(pace.used_this_hour(kStart + 10min), 2);
  EXPECT_EQ(pace.wait(kStart + 10min), 51min);
  EXPECT_EQ(pace.wait(kStart + 61min), 0ms);
}

TEST(Pace, AClockThatGoesBackGivesNothingAway) {
  Pace pace({.per_second = 1});
  pace.take(kStart);
  EXPECT_GT(pace.wait(kStart - 1h), 0ms);
  EXPECT_EQ(pace.wait(kStart + 1s), 0ms);
}

}  // namespace
}  // namespace parcelwake::carriers
