#include "app/polling/open_asks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "app/testing/settable_clock.h"

namespace parcelwake::app {
namespace {

using namespace std::chrono_literals;

struct OpenAsksOfNumbers : ::testing::Test {
  testing::SettableClock clock;
  OpenAsks<int, std::string> asks{clock};
  std::vector<std::string> told;

  bool join(int key, const std::string& name) {
    return asks.join(key, [this, name](const std::string& outcome) { told.push_back(name + " " + outcome); });
  }
};

TEST_F(OpenAsksOfNumbers, OneAsksAndAllAreToldInTheirOrder) {
  EXPECT_TRUE(join(1, "a"));
  EXPECT_FALSE(join(1, "b"));
  EXPECT_TRUE(join(2, "other"));
  EXPECT_FALSE(join(1, "c"));
  EXPECT_TRUE(told.empty());
  asks.tell(1, "yes");
  EXPECT_EQ(told, (std::vector<std::string>{"a yes", "b yes", "c yes"}));
}

TEST_F(OpenAsksOfNumbers, AfterTheEndTheNextOneAsksAgain) {
  EXPECT_TRUE(join(1, "a"));
  asks.tell(1, "no");
  EXPECT_TRUE(join(1, "b"));
  asks.tell(1, "yes");
  asks.tell(1, "too late");
  EXPECT_EQ(told, (std::vector<std::string>{"a no", "b yes"}));
}

TEST_F(OpenAsksOfNumbers, WhoeverBeginsWithoutWaitingIsJoinedToo) {
  asks.begin(1);
  EXPECT_FALSE(join(1, "a"));
  asks.begin(1);
  asks.tell(1, "yes");
  EXPECT_EQ(told, std::vector<std::string>{"a yes"});
}

TEST_F(OpenAsksOfNumbers, ASilentOneIsWaitedForNoLongerThanTwoMinutes) {
  EXPECT_TRUE(join(1, "a"));
  clock.time += 2min - 1ms;
  EXPECT_FALSE(join(1, "b"));
  clock.time += 1ms;
  EXPECT_TRUE(join(1, "c"));
  clock.time += 1min;
  EXPECT_FALSE(join(1, "d"));
  asks.tell(1, "yes");
  EXPECT_EQ(told, (std::vector<std::string>{"a yes", "b yes", "c yes", "d yes"}));
}

TEST_F(OpenAsksOfNumbers, AClockPutBackHoldsNobodyUp) {
  EXPECT_TRUE(join(1, "a"));
  clock.time -= 24h;
  EXPECT_TRUE(join(1, "b"));
  EXPECT_FALSE(join(1, "c"));
}

TEST_F(OpenAsksOfNumbers, WhoIsToldMayAskAgainAtOnce) {
  bool asks_again = false;
  EXPECT_TRUE(asks.join(1, [&](const auto&) { asks_again = join(1, "a"); }));
  asks.tell(1, "no");
  EXPECT_TRUE(asks_again);
}

TEST(OpenAsksFromManyThreads, EachIsToldOnceAndOneAtATimeAsks) {
  testing::SettableClock clock;
  OpenAsks<int, int> asks(clock);
  constexpr int kThreads = 8;
  constexpr int kRounds = 2000;
  std::atomic<int> told = 0;
  std::atomic<int> asking = 0;
  std::atomic<int> most_asking = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        if (!asks.join(1, [&](int) { ++told; })) continue;
        most_asking = std::max(most_asking.load(), ++asking);
        --asking;
        asks.tell(1, 0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(told, kThreads * kRounds);
  EXPECT_EQ(most_asking, 1);
}

}  // namespace
}  // namespace parcelwake::app
