#include "wire/http/client/client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "wire/http/client/testing/raw_server.h"

namespace parcelwake::wire::http {
namespace {

using namespace std::chrono_literals;
using testing::answering;
using testing::raw_answer;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;
using Answer = Result<ClientResponse, ClientError>;
using Kind = ClientError::Kind;

ClientRequest get(std::string url, std::chrono::milliseconds timeout = 5s) {
  ClientRequest request;
  request.url = std::move(url);
  request.timeout = timeout;
  request.allow_private = true;
  return request;
}

class ClientTest : public ::testing::Test {
 protected:
  void SetUp() override { client_.start(); }

  std::future<Answer> send(ClientRequest request) {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    client_.send(std::move(request), [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return future;
  }
  Answer ask(ClientRequest request) { return send(std::move(request)).get(); }

  Client client_;
};

TEST_F(ClientTest, GivesStatusHeadersAndBody) {
  RawServer server(answering([](const RawRequest&) {
    return raw_answer(429, "slow down", "text/plain; charset=latin1", "retry-after: 17\r\n");
  }));
  const auto answer = ask(get(server.url("/a?b=%20")));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer.value().status, 429);
  EXPECT_EQ(answer.value().content_type, "text/plain; charset=latin1");
  EXPECT_EQ(answer.value().retry_after, "17");
  EXPECT_EQ(answer.value().body, "slow down");
}

TEST_F(ClientTest, SendsWhatItIsGiven) {
  std::promise<RawRequest> seen;
  RawServer server(answering([&](const RawRequest& request) {
    seen.set_value(request);
    return raw_answer(200, "{}");
  }));
  auto request = get(server.url("/x%2Fy?q=a%26b"));
  request.method = ClientMethod::Post;
  request.headers = {{"X-Key", "s3cret"}, {"Content-Type", "application/json"}, {"X-Empty", ""}};
  request.body = std::string("{\"a\":\"\0\"}", 9);
  ASSERT_TRUE(ask(request).ok());
  const RawRequest got = seen.get_future().get();
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.target, "/x%2Fy?q=a%26b");
  EXPECT_EQ(got.header("X-Key"), "s3cret");
  EXPECT_EQ(got.header("Content-Type"), "application/json");
  EXPECT_NE(got.head.find("X-Empty:"), std::string::npos);
  EXPECT_EQ(got.header("Expect"), "");
  EXPECT_EQ(got.body, request.body);
}

TEST_F(ClientTest, ConnectionsAreKeptForTheNextRequest) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, "{}"); }));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ask(get(server.url("/"))).ok());
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, PrivateAddressesAreRefused) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, "{}"); }));
  const std::string port = std::to_string(server.port());
  for (const std::string host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"}) {
    auto request = get("http://" + host + ":" + port + "/");
    request.allow_private = false;
    const auto answer = ask(request);
    ASSERT_FALSE(answer.ok()) << host;
    EXPECT_EQ(answer.error().kind, Kind::ForbiddenAddress) << host;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(ClientTest, AnOpenConnectionToAPrivateAddressIsNotLentToOthers) {
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest&) {
    ++requests;
    return raw_answer(200, "{}");
  }));
  ASSERT_TRUE(ask(get(server.url("/"))).ok());
  auto request = get(server.url("/"));
  request.allow_private = false;
  EXPECT_EQ(ask(request).error().kind, Kind::ForbiddenAddress);
  EXPECT_EQ(requests, 1);
}

TEST_F(ClientTest, RedirectsAreNotFollowed) {
  RawServer server(answering(
      [](const RawRequest&) { return raw_answer(302, "", "text/html", "Location: http://127.0.0.1:1/\r\n"); }));
  EXPECT_EQ(ask(get(server.url("/"))).value().status, 302);
}

TEST_F(ClientTest, OnlyHttpIsSpoken) {
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "example.com",
                          "http://127.0.0.1/\r\nX: y"}) {
    const auto answer = ask(get(url));
    ASSERT_FALSE(answer.ok()) << url;
    EXPECT_EQ(answer.error().kind, Kind::Malformed) << url;
  }
}

TEST_F(ClientTest, ALineBreakInAHeaderIsRefused) {
  auto request = get("http://127.0.0.1:9/");
  request.headers = {{"X-Key", "a\r\nX-Other: b"}};
  EXPECT_EQ(ask(request).error().kind, Kind::Malformed);
}

TEST_F(ClientTest, AClosedPortIsUnreachable) {
  std::string url;
  {
    RawServer server(answering([](const RawRequest&) { return ""; }));
    url = server.url("/");
  }
  EXPECT_EQ(ask(get(url)).error().kind, Kind::Unreachable);
}

TEST_F(ClientTest, AFloodIsCut) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.write(std::string(65536, 'x'))) {
    }
  });
  auto request = get(server.url("/"));
  request.max_body = 1U << 20;
  EXPECT_EQ(ask(request).error().kind, Kind::TooLarge);
}

TEST_F(ClientTest, AFloodOfHeadersIsCut) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n");
    while (connection.write("X-Header: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  EXPECT_EQ(ask(get(server.url("/"))).error().kind, Kind::TooLarge);
}

TEST_F(ClientTest, ABodyOfExactlyTheLimitIsTaken) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, std::string(1000, 'x')); }));
  auto request = get(server.url("/"));
  request.max_body = 1000;
  EXPECT_TRUE(ask(request).ok());
  request.max_body = 999;
  EXPECT_EQ(ask(request).error().kind, Kind::TooLarge);
}

TEST_F(ClientTest, ALongAnswerIsCutForWhoAsksForThat) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 202 Accepted\r\n\r\n");
    while (connection.write(std::string(1000, 'x'))) {
    }
  });
  auto request = get(server.url("/"));
  request.max_body = 1500;
  request.cut_body = true;
  const auto answer = ask(request);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer.value().status, 202);
  EXPECT_EQ(answer.value().body, std::string(1500, 'x'));
}

TEST_F(ClientTest, GarbageIsToldApartFromSilence) {
  RawServer garbage([](RawConnection& connection) {
    connection.read_request();
    connection.write("\x16\x03\x01 this is not HTTP at all\r\n\r\n");
  });
  EXPECT_EQ(ask(get(garbage.url("/"))).error().kind, Kind::Garbled);
  RawServer silent([](RawConnection& connection) { connection.read_request(); });
  EXPECT_EQ(ask(get(silent.url("/"))).error().kind, Kind::Unreachable);
}

TEST_F(ClientTest, AHostWithoutTlsIsNoSecureHost) {
  RawServer server([](RawConnection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  EXPECT_EQ(ask(get("https://127.0.0.1:" + std::to_string(server.port()) + "/")).error().kind, Kind::Insecure);
}

TEST_F(ClientTest, ABrokenOffBodyIsNoAnswer) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
  });
  EXPECT_EQ(ask(get(server.url("/"))).error().kind, Kind::Unreachable);
}

TEST_F(ClientTest, ADrippingHostTimesOut) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (connection.write("x")) std::this_thread::sleep_for(5ms);
  });
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(get(server.url("/"), 300ms)).error().kind, Kind::TimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(ClientTest, AHangingHostHarmsNobodyElse) {
  RawServer hanging([](RawConnection& connection) { connection.hang(); });
  RawServer fast(answering([](const RawRequest&) { return raw_answer(200, "{}"); }));
  std::vector<std::future<Answer>> stuck;
  for (int i = 0; i < 100; ++i) stuck.push_back(send(get(hanging.url("/"), 1500ms)));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(ask(get(fast.url("/"))).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
  for (auto& answer : stuck) EXPECT_EQ(answer.get().error().kind, Kind::TimedOut);
  // Those that waited for a connection ran out of time together with those that had one.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
}

TEST_F(ClientTest, ThousandsAreInFlightAtOnce) {
  RawServer server(answering([](const RawRequest& request) { return raw_answer(200, request.target); }));
  constexpr int kCount = 3000;
  std::latch done(kCount);
  std::atomic<int> right = 0;
  for (int i = 0; i < kCount; ++i) {
    const std::string path = "/" + std::to_string(i);
    client_.send(get(server.url(path), 30s), [&, path](Answer answer) {
      if (answer.ok() && answer.value().body == path) ++right;
      done.count_down();
    });
  }
  done.wait();
  EXPECT_EQ(right, kCount);
}

TEST_F(ClientTest, SendingFromACallbackWorks) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, "{}"); }));
  std::promise<bool> second;
  client_.send(get(server.url("/")), [&](Answer) {
    client_.send(get(server.url("/")), [&](Answer answer) { second.set_value(answer.ok()); });
  });
  EXPECT_TRUE(second.get_future().get());
}

TEST_F(ClientTest, TimersFireInOrder) {
  std::string order;
  std::promise<void> done;
  client_.after(60ms, [&] {
    order += 'b';
    done.set_value();
  });
  client_.after(10ms, [&] { order += 'a'; });
  done.get_future().wait();
  EXPECT_EQ(order, "ab");
}

TEST_F(ClientTest, StoppingAnswersWhatIsInFlightAndNothingAfterwards) {
  RawServer hanging([](RawConnection& connection) { connection.hang(); });
  std::atomic<int> stopped = 0;
  std::atomic<int> calls = 0;
  for (int i = 0; i < 50; ++i) {
    client_.send(get(hanging.url("/"), 10s), [&](Answer answer) {
      ++calls;
      if (!answer.ok() && answer.error().kind == Kind::Stopped) ++stopped;
    });
  }
  std::this_thread::sleep_for(50ms);
  client_.stop();
  EXPECT_EQ(stopped, 50);
  client_.send(get(hanging.url("/"), 10ms), [&](Answer) { ++calls; });
  client_.after(1ms, [&] { ++calls; });
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(calls, 50);
}

}  // namespace
}  // namespace parcelwake::wire::http
