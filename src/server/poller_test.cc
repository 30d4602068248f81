#include "server/poller.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>

#include "app/testing/settable_clock.h"
#include "app/testing/store_room.h"

namespace parcelwake::server {
namespace {

using namespace std::chrono_literals;
using app::testing::kNoon;
using app::testing::registration;

// Carries out every request where it is handed in, one at a time.
class LockedGate final : public app::WriteGate {
 public:
  LockedGate(app::testing::StoreRoom& room, ports::CarrierGateway& gateway) : room_(room), gateway_(gateway) {}

  void submit(app::WriteRequest request, Done done) override {
    const app::WriteContext context{.catalogue = room_.catalogue, .gateway = gateway_, .random = room_.random};
    auto outcomes = [&] {
      const std::scoped_lock lock(mutex_);
      return app::run_write_pass(std::span(&request, 1), room_.store, context, kNoon);
    }();
    done(std::move(outcomes.front()));
  }
  domain::Status status(const domain::TrackingId& id) {
    const std::scoped_lock lock(mutex_);
    return room_.stored(id).status();
  }

 private:
  app::testing::StoreRoom& room_;
  ports::CarrierGateway& gateway_;
  std::mutex mutex_;
};

// Keeps questions until the test answers them; knows how many were open at most.
class HeldGateway final : public ports::CarrierGateway {
 public:
  ports::Reachability reachability(const domain::CarrierCode&) const override {
    return {.can_ask = true, .missing = {}};
  }
  void ask(std::vector<ports::CarrierQuestion> questions, Answered answered) override {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < questions.size(); ++i) open_.push_back({i, answered});
    asked_ += questions.size();
    most_open_ = std::max(most_open_, open_.size());
    changed_.notify_all();
  }
  bool wait_until_asked(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 600ms, [&] { return asked_ >= count; });  // less than the poller's own pause
  }
  void answer_one() {
    std::unique_lock lock(mutex_);
    const auto [index, answered] = open_.back();
    open_.pop_back();
    lock.unlock();
    answered(index, app::testing::failing(ports::CarrierError::UnknownNumber));
  }
  std::size_t asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }
  std::size_t most_open() {
    const std::scoped_lock lock(mutex_);
    return most_open_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<std::size_t, Answered>> open_;
  std::size_t asked_ = 0;
  std::size_t most_open_ = 0;
};

struct Pollers : ::testing::Test {
  app::testing::StoreRoom room;
  HeldGateway gateway;
  LockedGate gate{room, gateway};
  app::testing::SettableClock clock;
  app::TrackingAsks asks{clock};

  void add(int count) {
    app::RegisterBatch batch;
    for (int i = 0; i < count; ++i) batch.commands.push_back(registration("AB" + std::to_string(1000 + i)));
    gate.submit(std::move(batch), [](const auto& outcome) { ASSERT_TRUE(outcome.ok()); });
  }
};

TEST_F(Pollers, NeverHaveMoreInFlightThanTheyMay) {
  add(20);
  Poller poller(gate, gateway, asks, 4);
  ASSERT_TRUE(gateway.wait_until_asked(4));
  for (std::size_t answered = 1; answered <= 16; ++answered) {
    gateway.answer_one();
    ASSERT_TRUE(gateway.wait_until_asked(4 + answered)) << "room is used as soon as it is there";
  }
  EXPECT_EQ(gateway.most_open(), 4U);
}

TEST_F(Pollers, ANudgeMakesThemLookAtOnce) {
  Poller poller(gate, gateway, asks, 100);
  std::this_thread::sleep_for(50ms);
  add(3);
  poller.nudge();
  EXPECT_TRUE(gateway.wait_until_asked(3));
}

TEST_F(Pollers, StoppedOnesBeginNothingButKeepWhatIsStillAnswered) {
  add(1);
  Poller poller(gate, gateway, asks, 100);
  ASSERT_TRUE(gateway.wait_until_asked(1));
  poller.stop();
  ports::ListFilter everything;
  everything.account = app::testing::kAccount;
  const auto id = room.store.list(everything, 0, 1)->trackings.front().id;
  gateway.answer_one();
  EXPECT_EQ(gate.status(id), domain::Status::NotFound);
  app::RegisterBatch more;
  more.commands.push_back(registration("ZZ123"));
  gate.submit(std::move(more), [](const auto&) {});
  poller.nudge();
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(gateway.asked(), 1U);
}

TEST_F(Pollers, WhoWantsWhatIsBeingAskedSharesTheAnswer) {
  add(1);
  Poller poller(gate, gateway, asks, 100);
  ASSERT_TRUE(gateway.wait_until_asked(1));
  ports::ListFilter everything;
  everything.account = app::testing::kAccount;
  const auto tracking = room.store.list(everything, 0, 1)->trackings.front();
  std::optional<domain::Status> told;
  EXPECT_FALSE(asks.join({tracking.id, tracking.carrier},
                         [&](const auto& outcome) { told = outcome.value().value().status(); }));
  gateway.answer_one();
  EXPECT_EQ(told, domain::Status::NotFound);
}

}  // namespace
}  // namespace parcelwake::server
