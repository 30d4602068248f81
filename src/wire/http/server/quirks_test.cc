// Requests as clients in use send them; none may be refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

using testing::Answer;
using testing::RawClient;
using testing::serve_echo;
using testing::talk;

std::string answer_body(std::string_view request) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send(request);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200) << answer.head;
  return answer.body;
}

TEST(HttpQuirks, BareLineFeedInsideTheHeaderBlock) {
  const auto server = testing::serve({}, [](const Request& request, Reply reply) {
    std::move(reply).send({.body = std::string(request.header("api-key").value_or("none"))});
  });
  RawClient client(server->port());
  client.send("GET /v1/carriers HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\nApi-Key: KEY\r\n\r\n");
  EXPECT_EQ(client.receive().body, "KEY");
}

TEST(HttpQuirks, HeaderNamesInAnyCaseAndTheFirstOfSeveral) {
  const auto server = testing::serve({}, [](const Request& request, Reply reply) {
    std::move(reply).send({.body = std::string(*request.header("Tracking-API-key"))});
  });
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\nTRACKING-api-KEY:   a key \t\r\nTracking-Api-Key: b\r\n\r\n");
  EXPECT_EQ(client.receive().body, "a key");
}

TEST(HttpQuirks, Http10IsAnsweredAndClosed) {
  const auto server = serve_echo();
  const std::string answer = talk(server->port(), "GET /x HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.")) << answer;
  EXPECT_TRUE(answer.ends_with("GET|/x|/x||")) << answer;
}

TEST(HttpQuirks, ConnectionCloseClosesRightAfterTheAnswer) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive().header("Connection"), "close");
  EXPECT_TRUE(client.is_closed_within(std::chrono::milliseconds(500)));
}

TEST(HttpQuirks, AClientThatStopsSendingWithItsRequestIsAnsweredAndLetGo) {
  const auto server = serve_echo();
  for (int i = 0; i < 10; ++i) {
    RawClient client(server->port());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_TRUE(client.is_closed_within(std::chrono::seconds(2)));
  }
}

TEST(HttpQuirks, BytesAfterTheBodyDoNotCostTheAnswer) {
  const std::string large(3'000'000, 'x');
  const auto server = testing::serve({}, [&](const Request&, Reply reply) { std::move(reply).send({.body = large}); });
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx\r\n");
  client.send(std::string(100'000, '\n'));
  EXPECT_TRUE(client.receive().body == large);
}

TEST(HttpQuirks, ConnectionStaysOpenOtherwise) {
  const auto server = serve_echo();
  RawClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(client.receive().body, "POST|/x|/x||hi");
  }
}

TEST(HttpQuirks, FourRequestsInOneWrite) {
  const auto server = serve_echo();
  RawClient client(server->port());
  std::string requests;
  for (const char* path : {"/1", "/2", "/3", "/4"}) requests += std::string("GET ") + path + " HTTP/1.1\r\n\r\n";
  client.send(requests);
  for (const char* path : {"/1", "/2", "/3", "/4"}) {
    EXPECT_EQ(client.receive().body, std::string("GET|") + path + "|" + path + "||");
  }
}

TEST(HttpQuirks, BodiesOnGetAndDelete) {
  EXPECT_EQ(answer_body("GET /t HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"), "GET|/t|/t||{}");
  EXPECT_EQ(answer_body("DELETE /t HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"), "DELETE|/t|/t||{}");
}

TEST(HttpQuirks, EmptyBodiesOnGetAndDelete) {
  EXPECT_EQ(answer_body("GET /t HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), "GET|/t|/t||");
  EXPECT_EQ(answer_body("DELETE /t HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), "DELETE|/t|/t||");
}

TEST(HttpQuirks, ChunkedBodies) {
  EXPECT_EQ(answer_body("POST /t HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n"),
            "POST|/t|/t||abcde");
  EXPECT_EQ(answer_body("PUT /t HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: t\r\n\r\n"),
            "PUT|/t|/t||a");
}

TEST(HttpQuirks, RequestAfterAChunkedBodyStartsWhereTheBodyEnds) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().body, "POST|/a|/a||x");
  EXPECT_EQ(client.receive().body, "GET|/b|/b||");
}

TEST(HttpQuirks, PostWithNeitherLengthNorChunksIsAnsweredAtOnce) {
  EXPECT_EQ(answer_body("POST /retrack HTTP/1.1\r\nHost: h\r\n\r\n"), "POST|/retrack|/retrack||");
}

TEST(HttpQuirks, ExpectContinueIsAnswered) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("PUT /t HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("ok");
  EXPECT_EQ(client.receive().body, "PUT|/t|/t||ok");
}

TEST(HttpQuirks, ExpectContinueWithAChunkedBodyOfNothing) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("POST /t HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.receive().body, "POST|/t|/t||");
}

TEST(HttpQuirks, MethodsReachTheHandlerAsSent) {
  EXPECT_EQ(answer_body("purge /t HTTP/1.1\r\n\r\n"), "purge|/t|/t||");
  EXPECT_EQ(answer_body("X-y!z /t HTTP/1.1\r\n\r\n"), "X-y!z|/t|/t||");
}

TEST(HttpQuirks, TargetsAreNotDecoded) {
  EXPECT_EQ(answer_body("GET /v2//a%2Fb%00c/?x=%2F&&y&z=%00+1?2#f HTTP/1.1\r\n\r\n"),
            "GET|/v2//a%2Fb%00c/?x=%2F&&y&z=%00+1?2#f|/v2//a%2Fb%00c/|x=%2F&&y&z=%00+1?2#f|");
}

TEST(HttpQuirks, TargetsWithAHostGiveThePath) {
  EXPECT_EQ(answer_body("GET http://host:80/p//q?a=b HTTP/1.1\r\n\r\n"), "GET|http://host:80/p//q?a=b|/p//q|a=b|");
  EXPECT_EQ(answer_body("GET http://host?a HTTP/1.1\r\n\r\n"), "GET|http://host?a|/|a|");
  EXPECT_EQ(answer_body("OPTIONS * HTTP/1.1\r\n\r\n"), "OPTIONS|*|*||");
}

TEST(HttpQuirks, ThousandsOfQueryFields) {
  std::string query;
  for (int i = 0; i < 4'000; ++i) query += "&a";
  EXPECT_EQ(answer_body("GET /t?" + query + " HTTP/1.1\r\n\r\n").size(), 2 * query.size() + 12);
}

TEST(HttpQuirks, HeadHasTheLengthAndNoBody) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("HEAD /t HTTP/1.1\r\n\r\nGET /u HTTP/1.1\r\n\r\n");
  const Answer head = client.receive(true);
  EXPECT_EQ(head.header("Content-Length"), "12");
  EXPECT_EQ(client.receive().body, "GET|/u|/u||");
}

TEST(HttpQuirks, AnswersAreJsonUnlessToldOtherwise) {
  const auto server = testing::serve({}, [](const Request& request, Reply reply) {
    Response response{.status = 201, .body = "x", .headers = {{"X-One", "1"}, {"X-Two", "2"}}};
    if (request.path == "/text") response.content_type = "text/plain";
    std::move(reply).send(std::move(response));
  });
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\nGET /text HTTP/1.1\r\n\r\n");
  const Answer json = client.receive();
  EXPECT_EQ(json.status, 201);
  EXPECT_EQ(json.header("Content-Type"), "application/json");
  EXPECT_EQ(json.header("Content-Length"), "1");
  EXPECT_EQ(json.header("X-Two"), "2");
  EXPECT_NE(json.header("Date"), "");
  EXPECT_EQ(client.receive().header("Content-Type"), "text/plain");
}

TEST(HttpQuirks, LargeAnswersArriveWhole) {
  const std::string large(3'000'000, 'x');
  const auto server = testing::serve({}, [&](const Request&, Reply reply) { std::move(reply).send({.body = large}); });
  RawClient client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.receive().body == large);
  }
}

TEST(HttpQuirks, LargeBodiesArriveWhole) {
  const std::string large(4u << 20, 'x');
  const auto server = testing::serve({}, [](const Request& request, Reply reply) {
    const auto same = std::count(request.body.begin(), request.body.end(), 'x');
    std::move(reply).send({.body = std::to_string(same)});
  });
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(large.size()) + "\r\n\r\n" + large);
  EXPECT_EQ(client.receive().body, std::to_string(large.size()));
}

TEST(HttpQuirks, TheHandlerSeesWhoAsks) {
  const auto server = testing::serve({.host = ""}, [](const Request& request, Reply reply) {
    std::move(reply).send({.body = std::string(request.client_address) + (request.tls ? " tls" : " plain")});
  });
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().body, "127.0.0.1 plain");
}

TEST(HttpQuirks, SeveralThreadsServe) {
  const auto server = serve_echo({.threads = 3});
  for (int i = 0; i < 12; ++i) {
    RawClient client(server->port());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET|/x|/x||");
  }
}

}  // namespace
}  // namespace parcelwake::wire::http
