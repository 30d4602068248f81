#include "server/write_lane.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "app/testing/store_room.h"

namespace parcelwake::server {
namespace {

using app::testing::kNoon;
using app::testing::registration;

// Read once a transaction.
class CountingClock final : public ports::Clock {
 public:
  std::atomic<int> reads{0};
  Timestamp now() override {
    ++reads;
    return kNoon;
  }
};

constexpr std::size_t kMostQueued = 8;

struct WriteLanes : ::testing::Test {
  app::testing::StoreRoom room;
  CountingClock clock;
  std::atomic<int> kept{0};
  std::atomic<int> busy{0};
  std::promise<void> hold;
  WriteLane lane{std::make_unique<store::MemoryTrackingStore>(),
                 {.catalogue = room.catalogue, .gateway = room.gateway, .random = room.random},
                 clock,
                 kMostQueued};

  // The lane sits in this request's callback until `hold` is fulfilled.
  void hold_the_lane() {
    std::promise<void> begun;
    lane.submit(app::WakeWaiting{}, [&begun, held = hold.get_future().share()](const auto&) {
      begun.set_value();
      held.wait();
    });
    begun.get_future().wait();
  }
  void submit(const std::string& number) {
    app::RegisterBatch batch;
    batch.commands.push_back(registration(number));
    lane.submit(std::move(batch), [this](const auto& outcome) {
      if (outcome.ok()) {
        ++kept;
      } else if (outcome.error() == ports::StoreError::Busy) {
        ++busy;
      }
    });
  }
};

TEST_F(WriteLanes, CarryOutInOneTransactionWhatQueuedMeanwhile) {
  hold_the_lane();
  for (int i = 0; i < 5; ++i) submit("AB12" + std::to_string(i));
  EXPECT_EQ(kept, 0);
  EXPECT_EQ(clock.reads, 1);
  hold.set_value();
  lane.stop();
  EXPECT_EQ(kept, 5);
  EXPECT_EQ(clock.reads, 2);
}

TEST_F(WriteLanes, RefuseAtOnceWhenTooMuchWaits) {
  hold_the_lane();
  for (std::size_t i = 0; i < kMostQueued; ++i) submit("AB12" + std::to_string(i));
  EXPECT_EQ(busy, 0);
  submit("AB999");
  EXPECT_EQ(busy, 1);
  hold.set_value();
  lane.stop();
  EXPECT_EQ(kept, static_cast<int>(kMostQueued));
}

TEST_F(WriteLanes, AfterAStopRefuseWhatComes) {
  submit("AB123");
  lane.stop();
  EXPECT_EQ(kept, 1);
  submit("AB124");
  EXPECT_EQ(busy, 1);
  lane.stop();
}

TEST_F(WriteLanes, TellWhenTrackingsWereAdded) {
  std::atomic<int> told{0};
  lane.on_registered([&] { ++told; });
  hold_the_lane();
  hold.set_value();
  lane.submit(app::ClaimCommand{.limit = 1, .lease = std::chrono::minutes{1}}, [](const auto&) {});
  std::promise<void> claimed;
  lane.submit(app::WakeWaiting{}, [&](const auto&) { claimed.set_value(); });
  claimed.get_future().wait();
  submit("AB123");
  lane.stop();
  EXPECT_EQ(told, 1);
}

TEST_F(WriteLanes, ManyThreadsLoseNothing) {
  std::vector<std::thread> clients;
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([this, client] {
      for (int i = 0; i < 50; ++i) submit("AB" + std::to_string(1000 + client * 100 + i));
    });
  }
  for (std::thread& client : clients) client.join();
  lane.stop();
  EXPECT_EQ(kept + busy, 200);
}

}  // namespace
}  // namespace parcelwake::server
