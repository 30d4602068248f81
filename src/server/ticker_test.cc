#include "server/ticker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace parcelwake::server {
namespace {

using namespace std::chrono_literals;

constexpr auto kForever = 1h;

TEST(Ticker, RunsAtOnceAndThenWhenNudged) {
  std::atomic<int> passes{0};
  std::promise<void> twice;
  Ticker ticker([&] {
    if (++passes == 2) twice.set_value();
    return std::chrono::milliseconds{kForever};
  });
  while (passes == 0) std::this_thread::yield();
  ticker.nudge();
  twice.get_future().wait();
  ticker.stop();
  EXPECT_EQ(passes, 2);
}

TEST(Ticker, RunsAgainAfterThePauseThatAPassAskedFor) {
  std::promise<void> thrice;
  int passes = 0;
  Ticker ticker([&] {
    if (++passes == 3) thrice.set_value();
    return passes < 3 ? 1ms : std::chrono::milliseconds{kForever};
  });
  thrice.get_future().wait();
}

TEST(Ticker, StopWaitsForThePassUnderWay) {
  std::promise<void> begun;
  std::atomic<bool> ended{false};
  Ticker ticker([&] {
    begun.set_value();
    std::this_thread::sleep_for(20ms);
    ended = true;
    return std::chrono::milliseconds{kForever};
  });
  begun.get_future().wait();
  ticker.stop();
  EXPECT_TRUE(ended);
  ticker.nudge();
  ticker.stop();
}

TEST(Ticker, ANudgeDuringAPassIsNotLost) {
  std::promise<void> twice;
  std::atomic<Ticker*> self{nullptr};
  int passes = 0;
  Ticker ticker([&] {
    if (++passes == 2) twice.set_value();
    if (passes == 1) {
      while (self.load() == nullptr) std::this_thread::yield();
      self.load()->nudge();
    }
    return std::chrono::milliseconds{kForever};
  });
  self = &ticker;
  twice.get_future().wait();
}

}  // namespace
}  // namespace parcelwake::server
