#include "server/notifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "app/testing/store_room.h"

namespace parcelwake::server {
namespace {

using namespace std::chrono_literals;
using app::testing::kAccount;
using app::testing::kNoon;
using app::testing::registration;

// Less than the notifier's own pause.
constexpr std::chrono::milliseconds kSoon{400};

// A clock and a store behind one lock; carries out every request where it is handed in.
class LockedGate final : public app::WriteGate, public ports::Clock {
 public:
  void submit(app::WriteRequest request, Done done) override {
    const app::WriteContext context{.catalogue = room_.catalogue, .gateway = room_.gateway, .random = room_.random};
    auto outcomes = [&] {
      const std::scoped_lock lock(mutex_);
      return app::run_write_pass(std::span(&request, 1), room_.store, context, now_);
    }();
    done(std::move(outcomes.front()));
  }
  Timestamp now() override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  void pass_time(std::chrono::milliseconds time) {
    const std::scoped_lock lock(mutex_);
    now_ += time;
  }

  domain::EndpointId listen(std::string url) {
    const std::scoped_lock lock(mutex_);
    domain::Endpoint endpoint;
    endpoint.account = kAccount;
    endpoint.url = std::move(url);
    return room_.in_transaction([&] { return room_.store.notifications().add_endpoint(endpoint); }).id;
  }
  // A new tracking that its carrier has just seen.
  void change(std::string number) {
    app::AnswerBatch batch;
    {
      const std::scoped_lock lock(mutex_);
      const auto id = room_.add(registration(std::move(number))).id;
      batch.commands.push_back(
          {.id = id, .origin = domain::examples::report_of({domain::examples::scan(1, 9)}), .destination = {}});
    }
    submit(std::move(batch), [](const auto& outcome) { EXPECT_TRUE(outcome.ok()); });
  }
  std::int64_t pending(domain::EndpointId endpoint) {
    const std::scoped_lock lock(mutex_);
    return *room_.store.notifications().pending(endpoint);
  }

 private:
  app::testing::StoreRoom room_;
  std::mutex mutex_;
  Timestamp now_ = kNoon;
};

// Keeps messages until the test answers them.
class HeldSender final : public ports::WebhookSender {
 public:
  void send(std::vector<ports::WebhookMessage> messages, Sent sent) override {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < messages.size(); ++i) open_.push_back({std::move(messages[i]), i, sent});
    changed_.notify_all();
  }
  // How many there are once there are `count`, or time is up; of those to `url`, or of all.
  std::size_t wait_for(std::size_t count, const std::string& url = "") {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kSoon, [&] { return count_of(url) >= count; });
    return count_of(url);
  }
  void answer_one(ports::WebhookOutcome outcome = std::string("200"), const std::string& url = "") {
    std::unique_lock lock(mutex_);
    const auto found = std::find_if(open_.begin(), open_.end(),
                                    [&](const Open& one) { return url.empty() || one.message.url == url; });
    ASSERT_NE(found, open_.end());
    const Open one = std::move(*found);
    open_.erase(found);
    lock.unlock();
    one.sent(one.index, std::move(outcome));
  }

 private:
  struct Open {
    ports::WebhookMessage message;
    std::size_t index;
    Sent sent;
  };
  std::size_t count_of(const std::string& url) const {
    return static_cast<std::size_t>(std::count_if(
        open_.begin(), open_.end(), [&](const Open& one) { return url.empty() || one.message.url == url; }));
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Open> open_;
};

class PlainRenderer final : public ports::WebhookRenderer {
 public:
  std::optional<ports::RenderedWebhook> render(const domain::Notice&, const domain::Endpoint&, const domain::Account&,
                                               Timestamp) const override {
    return ports::RenderedWebhook{.headers = {}, .body = "{}", .taken_by = ports::TakenBy::Only200};
  }
};

struct NotifierTest : ::testing::Test {
  LockedGate gate;
  HeldSender sender;
  PlainRenderer renderer;

  std::unique_ptr<Notifier> start(Notifier::Settings settings) {
    return std::make_unique<Notifier>(
        gate, sender, renderer, [](domain::AccountId) { return std::optional(domain::Account{}); }, gate, settings);
  }
};

TEST_F(NotifierTest, AChangeIsSentAndDoneWithOnceItIsTaken) {
  const auto endpoint = gate.listen("https://a.example/");
  auto notifier = start({});
  gate.change("AB001");
  notifier->nudge();
  ASSERT_EQ(sender.wait_for(1), 1U);
  EXPECT_EQ(notifier->in_flight(), 1U);
  EXPECT_EQ(gate.pending(endpoint), 1);
  sender.answer_one();
  EXPECT_EQ(gate.pending(endpoint), 0);
  EXPECT_EQ(notifier->in_flight(), 0U);
  EXPECT_EQ(notifier->figures().delivered.value(), 1U);
}

TEST_F(NotifierTest, AStalledEndpointHoldsNoMoreThanItsShare) {
  gate.listen("https://stalled.example/");
  gate.listen("https://quick.example/");
  for (const char* number : {"AB001", "AB002", "AB003", "AB004"}) gate.change(number);
  auto notifier = start({.most_in_flight = 3, .per_endpoint = 2, .lease = 1min});
  ASSERT_EQ(sender.wait_for(3), 3U);
  EXPECT_EQ(sender.wait_for(2, "https://stalled.example/"), 2U);
  for (int i = 0; i < 4; ++i) {
    ASSERT_GE(sender.wait_for(1, "https://quick.example/"), 1U) << i;
    sender.answer_one(std::string("200"), "https://quick.example/");
  }
  EXPECT_EQ(notifier->figures().delivered.value(), 4U);
  notifier->stop(0ms);
  for (int i = 0; i < 2; ++i) sender.answer_one();
}

TEST_F(NotifierTest, AFailureIsSentAgainAfterItsPause) {
  const auto endpoint = gate.listen("https://a.example/");
  auto notifier = start({});
  gate.change("AB001");
  notifier->nudge();
  ASSERT_EQ(sender.wait_for(1), 1U);
  sender.answer_one(
      fail(ports::WebhookFailure{.error = ports::WebhookError::NotTaken, .detail = "500", .retry_after = {}}));
  notifier->nudge();
  EXPECT_EQ(sender.wait_for(1), 0U);
  gate.pass_time(40s);
  notifier->nudge();
  ASSERT_EQ(sender.wait_for(1), 1U);
  sender.answer_one();
  EXPECT_EQ(gate.pending(endpoint), 0);
  EXPECT_EQ(notifier->figures().failed.value(), 1U);
}

TEST_F(NotifierTest, WhatIsStoppedIsDueAgainAtOnce) {
  const auto endpoint = gate.listen("https://a.example/");
  gate.change("AB001");
  auto notifier = start({});
  ASSERT_EQ(sender.wait_for(1), 1U);
  notifier->stop(1ms);
  sender.answer_one(
      fail(ports::WebhookFailure{.error = ports::WebhookError::Stopped, .detail = {}, .retry_after = {}}));
  EXPECT_EQ(gate.pending(endpoint), 1);
  notifier.reset();
  auto next = start({});
  EXPECT_EQ(sender.wait_for(1), 1U);
  sender.answer_one();
}

}  // namespace
}  // namespace parcelwake::server
