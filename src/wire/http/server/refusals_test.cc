// What never reaches the handler: it is answered with the error page, and nothing of it is taken for a next request.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

using testing::Answer;
using testing::RawClient;
using testing::serve_echo;
using testing::talk;

// Sends `request`, with a second one that must stay unheard, and expects the error page and the end.
void expect_refused(std::string_view request, int status, ServerOptions options = {}) {
  SCOPED_TRACE(std::string(request.substr(0, 60)));
  std::atomic<int> handled = 0;
  const auto server = testing::serve(std::move(options), [&](const Request&, Reply reply) {
    ++handled;
    std::move(reply).send({});
  });
  RawClient client(server->port());
  client.send(request);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, status) << answer.head;
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.body, testing::envelope(status).body);
  client.send("GET /smuggled HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive_to_end(), "");
  EXPECT_EQ(handled, 0);
}

constexpr const char* kSecond = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

std::string post(const std::string& fields) { return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + kSecond; }

TEST(HttpRefusals, LengthsThatContradict) {
  expect_refused(post("Content-Length: 5\r\nContent-Length: 0\r\n"), 400);
  expect_refused(post("Content-Length: 5\r\ncontent-length: 5\r\n"), 400);
  expect_refused(post("Content-Length: 5, 5\r\n"), 400);
  expect_refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
  expect_refused(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
}

TEST(HttpRefusals, CodingsOtherThanChunked) {
  expect_refused(post("Transfer-Encoding: gzip\r\n"), 400);
  expect_refused(post("Transfer-Encoding: gzip, chunked\r\n"), 400);
  expect_refused(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  expect_refused(post("Transfer-Encoding: identity\r\n"), 400);
  expect_refused(post("Transfer-Encoding:\r\n"), 400);
  expect_refused(post("Transfer-Encoding: chunked \r\n"), 400);
  expect_refused(post("Transfer-Encoding : chunked\r\n"), 400);
}

TEST(HttpRefusals, LengthsThatAreNoNumber) {
  for (const char* length : {"-1", "+5", "abc", "5x", "0x5", "", " ", "5 5", "99999999999999999999999", "1e3"}) {
    expect_refused(post(std::string("Content-Length: ") + length + "\r\n"), 400);
  }
}

TEST(HttpRefusals, ZerosAndControlCharactersInTheHead) {
  using namespace std::string_literals;
  expect_refused("GET / HTTP/1.1\r\nA: x\0y\r\nB: c\r\n\r\n"s, 400);
  expect_refused("GET / HTTP/1.1\r\nA: x\0y\r\n\r\n"s, 400);
  expect_refused("GET / HTTP/1.1\r\nA\0B: x\r\n\r\n"s, 400);
  expect_refused("GET / HTTP/1.1\r\nA: b\r\n\0Content-Length: 36\r\n\r\n"s + kSecond, 400);
  expect_refused("GET / HTTP/1.1\r\n\0Content-Length: 36\r\n\r\n"s + kSecond, 400);
  expect_refused("GET /a\0b HTTP/1.1\r\n\r\n"s, 400);
  expect_refused("G\0T / HTTP/1.1\r\n\r\n"s, 400);
  expect_refused("GET / HTTP/1.1\r\nA: x\rContent-Length: 36\r\n\r\n"s + kSecond, 400);
  expect_refused("GET /\x01 HTTP/1.1\r\n\r\n"s, 400);
}

TEST(HttpRefusals, MalformedHeaderLines) {
  expect_refused("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400);
  expect_refused("GET / HTTP/1.1\r\nA: b\r\nno colon\r\n\r\n", 400);
  expect_refused("GET / HTTP/1.1\r\n: empty\r\n\r\n", 400);
  expect_refused("GET / HTTP/1.1\r\nA : b\r\n\r\n", 400);
  expect_refused("GET / HTTP/1.1\r\nA: b\r\n folded\r\nC: d\r\n\r\n", 400);
}

TEST(HttpRefusals, MalformedRequestLines) {
  expect_refused("GET\r\n\r\n", 400);
  expect_refused("GET /\r\n\r\n", 400);
  expect_refused("GET / HTTP/x\r\n\r\n", 400);
  expect_refused("GET / FTP/1.1\r\n\r\n", 400);
  expect_refused("GET /a b HTTP/1.1\r\n\r\n", 400);
  expect_refused("G@T / HTTP/1.1\r\n\r\n", 400);
  expect_refused("\x16\x03\x01\x02\x01\n\x01\xfc\x03", 400);
}

TEST(HttpRefusals, MalformedLineAfterAGoodRequestEndsTheConnection) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  client.send("NONSENSE\r\n");
  EXPECT_EQ(client.receive_to_end(), "");
}

TEST(HttpRefusals, VersionsNobodySpeaks) {
  expect_refused("GET / HTTP/2.0\r\n\r\n", 505);
  expect_refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
  expect_refused("GET / HTTP/0.9\r\n\r\n", 505);
}

TEST(HttpRefusals, TargetsThatAreTooLong) {
  expect_refused("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\n\r\n", 414);
  expect_refused("GET /" + std::string(500'000, 'a') + " HTTP/1.1\r\n\r\n", 414);
}

TEST(HttpRefusals, HeadsThatAreTooLarge) {
  expect_refused("GET / HTTP/1.1\r\nA: " + std::string(17'000, 'a') + "\r\n\r\n", 431);
  expect_refused("GET / HTTP/1.1\r\nA: " + std::string(500'000, 'a') + "\r\n\r\n", 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 20'000; ++i) many += "A: b\r\n";
  expect_refused(many + "\r\n", 431);
  std::string cookies = "GET / HTTP/1.1\r\nCookie: ";
  for (int i = 0; i < 7'000; ++i) cookies += "a;";
  expect_refused(cookies + "\r\n\r\n", 431);
}

TEST(HttpRefusals, HeadsWithinTheLimitPass) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\nA: " + std::string(16'000, 'a') + "\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpRefusals, AnnouncedBodiesThatAreTooLargeBeforeTheyAreSent) {
  expect_refused("POST / HTTP/1.1\r\nContent-Length: 4194305\r\n\r\n", 413);
  expect_refused("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4194305\r\n\r\n", 413);
  expect_refused("POST / HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n", 413);
}

TEST(HttpRefusals, TheAnswerReachesAClientThatGoesOnSending) {
  const auto server = serve_echo();
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nContent-Length: 30000000\r\n\r\n" + std::string(30'000'000, 'x'));
  EXPECT_EQ(client.receive().status, 413);
}

TEST(HttpRefusals, ChunkedBodiesThatBecomeTooLarge) {
  ServerOptions options;
  options.limits.body = 10;
  expect_refused("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n", 413, options);
  expect_refused("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n", 413, options);
}

TEST(HttpRefusals, MalformedChunks) {
  const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_refused(head + "x\r\n", 400);
  expect_refused(head + "-1\r\n", 400);
  expect_refused(head + "\r\n", 400);
  expect_refused(head + "2\r\nabc\r\n0\r\n\r\n", 400);
  expect_refused(head + "fffffffffffffffff\r\n", 400);
  expect_refused(head + "2;" + std::string(70'000, 'e') + "\r\n{}\r\n0\r\n\r\n", 400);
}

// What the error page was told, after one request.
std::string path_told(std::string_view request) {
  ServerOptions options;
  options.error_page = [](int, std::string_view path) { return Response{.body = "[" + std::string(path) + "]"}; };
  const auto server = serve_echo(std::move(options));
  RawClient client(server->port());
  client.send(request);
  return client.receive().body;
}

TEST(HttpRefusals, TheErrorPageIsToldThePath) {
  EXPECT_EQ(path_told("GET /a?b=/c HTTP/1.1\r\nno colon\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("GET http://h/a?b HTTP/1.1\r\nA : b\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("GET /a?" + std::string(9'000, 'b') + " HTTP/1.1\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("GET /a HTTP/1.1\r\nA: " + std::string(17'000, 'a') + "\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("GET /a HTTP/1.1\r\nA: " + std::string(500'000, 'a') + "\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("POST /a HTTP/1.1\r\nContent-Length: 4194305\r\n\r\n"), "[/a]");
  EXPECT_EQ(path_told("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"), "[/a]");
}

TEST(HttpRefusals, TheErrorPageIsToldNoPathWhereTheFirstLineCouldNotBeRead) {
  EXPECT_EQ(path_told("GET\r\n\r\n"), "[]");
  EXPECT_EQ(path_told("GET /" + std::string(500'000, 'a') + " HTTP/1.1\r\n\r\n"), "[]");
  // libmicrohttpd refuses a version before it tells the target.
  EXPECT_EQ(path_told("GET /a HTTP/2.0\r\n\r\n"), "[]");
}

TEST(HttpRefusals, TheErrorPageIsToldNothingOfTheRequestBefore) {
  ServerOptions options;
  options.error_page = [](int, std::string_view path) { return Response{.body = "[" + std::string(path) + "]"}; };
  const auto server = serve_echo(std::move(options));
  RawClient client(server->port());
  client.send("GET /before HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  client.send("GET /" + std::string(500'000, 'a') + " HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().body, "[]");
}

TEST(HttpRefusals, NothingIsAnsweredToAClientThatIsGoneOrSilent) {
  ServerOptions options;
  options.limits.idle_timeout = std::chrono::seconds(1);
  const auto server = serve_echo(options);
  RawClient gone(server->port());
  gone.send("GET");
  gone.finish_sending();
  EXPECT_EQ(gone.receive_to_end(), "");
  RawClient silent(server->port());
  silent.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(silent.receive().status, 200);
  EXPECT_EQ(silent.receive_to_end(), "");
}

}  // namespace
}  // namespace parcelwake::wire::http
