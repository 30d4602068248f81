// Answers that come later, and a server that stops.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

using namespace std::chrono_literals;
using testing::Answer;
using testing::RawClient;

constexpr const char* kGet = "GET / HTTP/1.1\r\n\r\n";

// A handler that keeps every Reply, and a test that takes them out.
class Kept {
 public:
  Handler handler() {
    return [this](const Request&, Reply reply) {
      const std::lock_guard lock(mutex_);
      replies_.push_back(std::move(reply));
      changed_.notify_all();
    };
  }
  Reply take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !replies_.empty(); });
    Reply reply = std::move(replies_.back());
    replies_.pop_back();
    return reply;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Reply> replies_;
};

TEST(HttpReply, SentLaterFromAnotherThread) {
  Kept kept;
  const auto server = testing::serve({}, kept.handler());
  RawClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send(kGet);
    Reply reply = kept.take();
    std::this_thread::sleep_for(20ms);
    std::move(reply).send({.body = "later"});
    EXPECT_EQ(client.receive().body, "later");
  }
}

TEST(HttpReply, AnAnswerIsWrittenIntoTheRoomOfTheOneBefore) {
  std::vector<std::size_t> rooms;
  ServerOptions one_thread;
  one_thread.threads = 1;
  const auto server = testing::serve(one_thread, [&](const Request&, Reply reply) {
    Response response{.body = reply.buffer()};
    EXPECT_EQ(response.body, "");
    rooms.push_back(response.body.capacity());
    response.body.append(rooms.size() == 1 ? 5'000 : 3, 'x');
    std::move(reply).send(std::move(response));
  });
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.receive().body, std::string(5'000, 'x'));
  RawClient other(server->port());
  other.send(kGet);
  EXPECT_EQ(other.receive().body, "xxx");
  ASSERT_EQ(rooms.size(), 2u);
  EXPECT_LT(rooms[0], 5'000u);
  EXPECT_GE(rooms[1], 5'000u);
}

TEST(HttpReply, PipelinedRequestsAreAnsweredInOrder) {
  Kept kept;
  const auto server = testing::serve({}, kept.handler());
  RawClient client(server->port());
  client.send(std::string(kGet) + kGet);
  kept.take().send({.body = "1"});
  kept.take().send({.body = "2"});
  EXPECT_EQ(client.receive().body, "1");
  EXPECT_EQ(client.receive().body, "2");
}

TEST(HttpReply, SentWhileTheHandlerReturns) {
  std::vector<std::thread> threads;
  const auto server = testing::serve({}, [&](const Request&, Reply reply) {
    threads.emplace_back([kept = std::move(reply)]() mutable { std::move(kept).send({.body = "race"}); });
  });
  RawClient client(server->port());
  for (int i = 0; i < 300; ++i) {
    client.send(kGet);
    ASSERT_EQ(client.receive().body, "race");
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(HttpReply, DestroyedUnsentAnswers500) {
  const auto server = testing::serve({}, [](const Request&, Reply) {});
  RawClient client(server->port());
  client.send(kGet);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body, testing::envelope(500).body);
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 500);
}

TEST(HttpReply, DestroyedUnsentLaterAnswers500) {
  Kept kept;
  const auto server = testing::serve({}, kept.handler());
  RawClient client(server->port());
  client.send(kGet);
  { const Reply forgotten = kept.take(); }
  EXPECT_EQ(client.receive().status, 500);
}

TEST(HttpReply, AHandlerThatThrowsAnswers500) {
  const auto server = testing::serve({}, [](const Request&, Reply) { throw std::runtime_error("broken"); });
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 500);
}

TEST(HttpReply, AResponseThatCannotBeSentAnswers500) {
  const auto server = testing::serve({}, [](const Request&, Reply reply) { std::move(reply).send({.status = 7}); });
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 500);
}

TEST(HttpReply, SentToAClientThatIsGone) {
  Kept kept;
  const auto server = testing::serve({}, kept.handler());
  for (const bool orderly : {true, false}) {
    auto client = std::make_unique<RawClient>(server->port());
    client->send(kGet);
    Reply reply = kept.take();
    if (!orderly) client->abort();
    client.reset();
    std::this_thread::sleep_for(50ms);
    std::move(reply).send({.body = std::string(1 << 20, 'x')});
  }
  RawClient next(server->port());
  next.send(kGet);
  kept.take().send({.body = "well"});
  EXPECT_EQ(next.receive().body, "well");
}

TEST(HttpReply, ManyConnectionsSleepAtOnce) {
  Kept kept;
  const auto server = testing::serve({.threads = 2}, kept.handler());
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(std::make_unique<RawClient>(server->port()));
    clients.back()->send(kGet);
  }
  std::thread answering([&] {
    for (int i = 0; i < 100; ++i) kept.take().send({.body = "x"});
  });
  for (const auto& client : clients) EXPECT_EQ(client->receive().body, "x");
  answering.join();
}

TEST(HttpDrain, LetsARequestFinishAndClosesTheRest) {
  Kept kept;
  const auto server = testing::serve({}, kept.handler());
  RawClient busy(server->port());
  busy.send(kGet);
  Reply reply = kept.take();
  RawClient idle(server->port());
  std::this_thread::sleep_for(50ms);
  std::thread draining([&] { server->drain(5s); });
  EXPECT_TRUE(idle.is_closed_within(2s));
  RawClient late(server->port());
  late.send(kGet);
  EXPECT_TRUE(late.is_closed_within(2s));
  std::move(reply).send({.body = "finished"});
  const Answer answer = busy.receive();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(busy.receive_to_end(), "");
  draining.join();
}

TEST(HttpDrain, Answers503WhereTheGraceIsOver) {
  Kept kept;
  auto server = testing::serve({}, kept.handler());
  RawClient client(server->port());
  client.send(kGet);
  Reply reply = kept.take();
  std::this_thread::sleep_for(50ms);
  server->drain(100ms);
  EXPECT_EQ(client.receive().status, 503);
  server.reset();
  std::move(reply).send({.body = "too late"});
}

TEST(HttpDrain, WithinTheGraceWhenNothingHappens) {
  const auto server = testing::serve_echo();
  RawClient idle(server->port());
  idle.send(kGet);
  EXPECT_EQ(idle.receive().status, 200);
  const auto start = std::chrono::steady_clock::now();
  server->drain(5s);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

TEST(HttpDrain, IsNotHeldByHalfAHead) {
  const auto server = testing::serve_echo();
  RawClient half(server->port());
  half.send("GET / HTTP/1.1\r\nHo");
  RawClient second_half(server->port());
  second_half.send(std::string(kGet) + "GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(second_half.receive().status, 200);
  std::this_thread::sleep_for(50ms);
  const auto start = std::chrono::steady_clock::now();
  server->drain(5s);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  EXPECT_TRUE(half.is_closed_within(1s));
  EXPECT_TRUE(second_half.is_closed_within(1s));
}

TEST(HttpDrain, UnderLoad) {
  std::atomic<bool> over = false;
  std::vector<std::thread> clients;
  Kept kept;
  const auto server = testing::serve({.threads = 2}, kept.handler());
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      while (!over) {
        RawClient client(server->port());
        for (int n = 0; n < 5; ++n) {
          client.send(kGet);
          if (client.receive().status == 0) break;
        }
      }
    });
  }
  for (int i = 0; i < 500; ++i) kept.take().send({.body = "x"});
  server->drain(50ms);
  over = true;
  for (std::thread& client : clients) client.join();
}

TEST(HttpStart, TellsWhyItCannot) {
  const auto first = testing::serve_echo();
  const auto second = Server::start({.port = first->port()}, [](const Request&, Reply) {});
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().find("Address already in use"), std::string::npos) << second.error();
  EXPECT_FALSE(Server::start({.host = "no host"}, [](const Request&, Reply) {}).ok());
}

}  // namespace
}  // namespace parcelwake::wire::http
