// No client may hold what others need: time, connections, memory.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::RawClient;
using testing::serve_echo;

// Sends a byte every 50 ms and tells after how long the server closed; ten seconds when it never did.
std::chrono::milliseconds survival_of_drip(RawClient& client) {
  const auto start = steady_clock::now();
  while (steady_clock::now() - start < 10s && !client.is_closed_within(50ms)) client.send("a");
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
}

TEST(HttpLimits, AHeadThatDripsIsCutOff) {
  ServerOptions options;
  options.limits.head_deadline = 600ms;
  const auto server = serve_echo(options);
  RawClient client(server->port());
  client.send("GET /");
  const auto survived = survival_of_drip(client);
  EXPECT_GE(survived, 500ms);
  EXPECT_LE(survived, 2s);
}

TEST(HttpLimits, ASecondHeadThatDripsIsCutOffToo) {
  ServerOptions options;
  options.limits.head_deadline = 300ms;
  options.limits.idle_timeout = 1s;
  const auto server = serve_echo(options);
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  client.send("GET /");
  EXPECT_LE(survival_of_drip(client), 3s);
}

TEST(HttpLimits, ABodyThatDripsIsCutOff) {
  ServerOptions options;
  options.limits.body_deadline = 600ms;
  const auto server = serve_echo(options);
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
  const auto survived = survival_of_drip(client);
  EXPECT_GE(survived, 500ms);
  EXPECT_LE(survived, 2s);
}

TEST(HttpLimits, BodiesInAll) {
  ServerOptions options;
  options.limits.bodies = 100'000;
  const auto server = serve_echo(options);
  const auto post = [](std::size_t announced, std::size_t sent) {
    return "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(announced) + "\r\n\r\n" + std::string(sent, 'x');
  };
  auto half = std::make_unique<RawClient>(server->port());
  half->send(post(90'000, 80'000));
  std::this_thread::sleep_for(100ms);
  RawClient refused(server->port());
  refused.send(post(30'000, 30'000));
  EXPECT_EQ(refused.receive().status, 503);
  RawClient small(server->port());
  for (int i = 0; i < 10; ++i) {
    small.send(post(15'000, 15'000));
    EXPECT_EQ(small.receive().status, 200);
  }
  half.reset();
  std::this_thread::sleep_for(100ms);
  RawClient later(server->port());
  later.send(post(30'000, 30'000));
  EXPECT_EQ(later.receive().status, 200);
}

TEST(HttpLimits, ASilentConnectionIsClosed) {
  ServerOptions options;
  options.limits.idle_timeout = 1s;
  const auto server = serve_echo(options);
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_FALSE(client.is_closed_within(500ms));
  EXPECT_TRUE(client.is_closed_within(3s));
}

TEST(HttpLimits, AnAnswerNobodyReadsIsDropped) {
  ServerOptions options;
  options.limits.answer_deadline = 500ms;
  const std::string large(16 << 20, 'x');
  const auto server =
      testing::serve(options, [&](const Request&, Reply reply) { std::move(reply).send({.body = large}); });
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  std::this_thread::sleep_for(1s);
  const auto received = client.receive_to_end();
  ASSERT_TRUE(received.has_value());
  EXPECT_LT(received->size(), large.size());
}

TEST(HttpLimits, ASlowHandlerIsNotCutOff) {
  ServerOptions options;
  options.limits.head_deadline = 200ms;
  options.limits.body_deadline = 200ms;
  options.limits.answer_deadline = 200ms;
  options.limits.idle_timeout = 1s;
  std::thread later;
  const auto server = testing::serve(options, [&](const Request&, Reply reply) {
    later = std::thread([kept = std::move(reply)]() mutable {
      std::this_thread::sleep_for(1500ms);
      std::move(kept).send({.body = "late"});
    });
  });
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
  EXPECT_EQ(client.receive().body, "late");
  later.join();
}

TEST(HttpLimits, ConnectionsInAll) {
  ServerOptions options;
  options.limits.connections = 2;
  const auto server = serve_echo(options);
  RawClient first(server->port());
  auto second = std::make_unique<RawClient>(server->port());
  for (RawClient* client : {&first, second.get()}) {
    client->send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client->receive().status, 200);
  }
  RawClient third(server->port());
  third.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_FALSE(third.is_closed_within(200ms));
  second.reset();
  EXPECT_EQ(third.receive().status, 200);
}

TEST(HttpLimits, ConnectionsPerAddress) {
  ServerOptions options;
  options.limits.connections_per_address = 2;
  const auto server = serve_echo(options);
  RawClient first(server->port());
  auto second = std::make_unique<RawClient>(server->port());
  for (RawClient* client : {&first, second.get()}) {
    client->send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client->receive().status, 200);
  }
  RawClient third(server->port());
  third.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(third.receive_to_end(), "");
  second.reset();
  std::this_thread::sleep_for(100ms);
  RawClient fourth(server->port());
  fourth.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(fourth.receive().status, 200);
}

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kGrowth = std::size_t{300} << 20;  // freed memory stays in the sanitizer's quarantine of 256 MiB
#else
constexpr std::size_t kGrowth = std::size_t{4} << 20;
#endif

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t open_files() {
  std::size_t open = 0;
  for (int fd = 0; fd < 1024; ++fd) open += lseek(fd, 0, SEEK_CUR) != -1 || errno != EBADF ? 1 : 0;
  return open;
}

TEST(HttpLimits, TenThousandMalformedRequestsLeaveNothingBehind) {
  using namespace std::string_literals;
  const auto server = serve_echo();
  const std::array<std::string, 8> bad = {"NONSENSE\r\n\r\n",
                                          "GET / HTTP/9.9\r\n\r\n",
                                          "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                                          "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                                          "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                                          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                                          "GET / HTTP/1.1\r\nA: \0\r\nB: c\r\n\r\n"s,
                                          "GET / HTTP/1.1\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n"};
  const auto storm = [&](int requests) {
    for (int i = 0; i < requests; ++i) {
      RawClient client(server->port());
      client.send(bad[i % bad.size()]);
      EXPECT_GE(client.receive().status, 400) << i % bad.size();
    }
  };
  storm(1'000);
  const std::size_t memory = resident_bytes();
  const std::size_t files = open_files();
  storm(9'000);
  EXPECT_LT(resident_bytes(), memory + kGrowth);
  for (int wait = 0; wait < 30 && open_files() > files; ++wait) std::this_thread::sleep_for(100ms);
  EXPECT_LE(open_files(), files);
}

}  // namespace
}  // namespace parcelwake::wire::http
