// What the observer is told, and the ids that requests get.
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "wire/http/server/request_id.h"
#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

using testing::Answer;
using testing::RawClient;

// A copy of what an observer was told.
struct Told {
  std::string method;
  std::string route;
  std::int64_t caller;
  int status;
  std::string body;
  std::string request_id;
};

class Notebook {
 public:
  ServerOptions options() {
    ServerOptions options;
    options.request_id_seed = 7;
    options.observe = [this](const Observed& one) {
      const std::lock_guard lock(mutex_);
      told_.push_back({std::string(one.method), std::string(one.label.route), one.label.caller, one.status,
                       std::string(one.body), std::string(one.request_id)});
    };
    return options;
  }
  std::vector<Told> told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }

 private:
  std::mutex mutex_;
  std::vector<Told> told_;
};

void answer_labelled(const Request& request, Reply reply) {
  if (request.path == "/labelled") reply.label({.group = "g", .route = "labelled", .caller = 5});
  std::move(reply).send({.status = 202, .body = "said"});
}

TEST(HttpObserver, IsToldEveryAnswerWithItsOwnLabel) {
  Notebook notebook;
  const auto server = testing::serve(notebook.options(), answer_labelled);
  RawClient client(server->port());
  client.send("GET /labelled HTTP/1.1\r\n\r\n");
  const Answer first = client.receive();
  client.send("PUT /other HTTP/1.1\r\n\r\n");
  const Answer second = client.receive();
  const auto told = notebook.told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].method, "GET");
  EXPECT_EQ(told[0].route, "labelled");
  EXPECT_EQ(told[0].caller, 5);
  EXPECT_EQ(told[0].status, 202);
  EXPECT_EQ(told[0].body, "said");
  EXPECT_EQ(told[0].request_id, first.header("X-Request-Id"));
  EXPECT_EQ(told[1].method, "PUT");
  EXPECT_EQ(told[1].route, "");
  EXPECT_EQ(told[1].caller, 0);
  EXPECT_EQ(told[1].request_id, second.header("X-Request-Id"));
  EXPECT_NE(told[0].request_id, told[1].request_id);
}

TEST(HttpObserver, IsToldRefusals) {
  for (const char* request : {"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "nonsense\r\n\r\n"}) {
    Notebook notebook;
    const auto server = testing::serve(notebook.options(), answer_labelled);
    RawClient client(server->port());
    client.send(request);
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, 400);
    const auto told = notebook.told();
    ASSERT_EQ(told.size(), 1U) << request;
    EXPECT_EQ(told[0].status, 400);
    EXPECT_EQ(told[0].route, "");
    EXPECT_EQ(told[0].request_id.size(), 16U);
    EXPECT_EQ(told[0].request_id, answer.header("X-Request-Id"));
  }
}

TEST(HttpObserver, WithoutASeedThereAreNoIds) {
  const auto server = testing::serve({}, answer_labelled);
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().head.find("X-Request-Id"), std::string::npos);
}

TEST(RequestIds, DifferFromEachOther) {
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < 10'000; ++i) seen.insert(std::string(RequestId(42, i).text()));
  EXPECT_EQ(seen.size(), 10'000U);
  EXPECT_EQ(seen.begin()->size(), 16U);
  EXPECT_EQ(RequestId().text(), "");
}

}  // namespace
}  // namespace parcelwake::wire::http
