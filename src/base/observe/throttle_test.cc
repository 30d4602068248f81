#include "base/observe/throttle.h"

#include <gtest/gtest.h>

namespace parcelwake::log {
namespace {

using namespace std::chrono_literals;

TEST(LogThrottle, OneLineAPauseAndThenHowManyWereKeptBack) {
  Throttle throttle(10s);
  const Throttle::Clock::time_point start{1000s};
  EXPECT_EQ(throttle.admit(start), 0U);
  EXPECT_EQ(throttle.admit(start), std::nullopt);
  EXPECT_EQ(throttle.admit(start + 9'999ms), std::nullopt);
  EXPECT_EQ(throttle.admit(start + 10s), 2U);
  EXPECT_EQ(throttle.admit(start + 10s), std::nullopt);
  EXPECT_EQ(throttle.admit(start + 60s), 1U);
  EXPECT_EQ(throttle.admit(start + 120s), 0U);
}

}  // namespace
}  // namespace parcelwake::log
