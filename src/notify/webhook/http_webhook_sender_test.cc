#include "notify/webhook/http_webhook_sender.h"

#include <gtest/gtest.h>

#include <future>

#include "notify/webhook/standard_signature.h"
#include "wire/http/client/testing/raw_server.h"

namespace parcelwake::notify {
namespace {

using namespace std::chrono_literals;
using ports::TakenBy;
using ports::WebhookError;
using ports::WebhookOutcome;
using wire::http::testing::answering;
using wire::http::testing::raw_answer;
using wire::http::testing::RawConnection;
using wire::http::testing::RawRequest;
using wire::http::testing::RawServer;

const Timestamp kNoon = from_unix_seconds(1'709'294'400);

ports::WebhookMessage message_to(std::string url, TakenBy taken_by = TakenBy::Only200) {
  return {.url = std::move(url),
          .name = "msg_1",
          .secret = {1, 2, 3},
          .sent_at = kNoon,
          .content = {.headers = {{"signature", "abc"}}, .body = R"({"data":{}})", .taken_by = taken_by}};
}

WebhookOutcome deliver(ports::WebhookMessage message,
                       WebhookSettings settings = {.timeout = 5s, .allow_private = true}) {
  HttpWebhookSender sender(settings);
  sender.start();
  std::promise<WebhookOutcome> outcome;
  sender.send({std::move(message)}, [&](std::size_t, WebhookOutcome got) { outcome.set_value(std::move(got)); });
  auto got = outcome.get_future().get();
  sender.stop();
  return got;
}

WebhookOutcome answered(int status, TakenBy taken_by = TakenBy::Only200, std::string headers = "") {
  RawServer server(answering([&](const RawRequest&) { return raw_answer(status, "ok", "text/plain", headers); }));
  return deliver(message_to(server.url("/hook"), taken_by));
}

TEST(WebhookSender, PostsTheBodyWithItsHeadersAndSignature) {
  std::promise<RawRequest> seen;
  RawServer server(answering([&](const RawRequest& request) {
    seen.set_value(request);
    return raw_answer(200, "ok");
  }));
  const auto outcome = deliver(message_to(server.url("/hook?key=1")));
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(*outcome, "200");
  const RawRequest got = seen.get_future().get();
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.target, "/hook?key=1");
  EXPECT_EQ(got.body, R"({"data":{}})");
  EXPECT_EQ(got.header("Content-Type"), "application/json");
  EXPECT_EQ(got.header("signature"), "abc");
  for (const auto& [name, value] : standard_headers("msg_1", kNoon, got.body, {1, 2, 3})) {
    EXPECT_EQ(got.header(name), value) << name;
  }
}

TEST(WebhookSender, WhichAnswersTakeANoticeIsTheDialects) {
  EXPECT_TRUE(answered(200).ok());
  EXPECT_EQ(answered(201).error().error, WebhookError::NotTaken);
  EXPECT_EQ(*answered(202, TakenBy::Any2xx), "202");
  EXPECT_TRUE(answered(204, TakenBy::Any2xx).ok());
  for (const int status : {302, 404, 500}) {
    const auto outcome = answered(status, TakenBy::Any2xx, "Location: http://127.0.0.1:1/\r\n");
    ASSERT_FALSE(outcome.ok()) << status;
    EXPECT_EQ(outcome.error().error, WebhookError::NotTaken);
    EXPECT_EQ(outcome.error().detail, std::to_string(status));
  }
}

TEST(WebhookSender, TellsGoneAndRetryAfter) {
  EXPECT_EQ(answered(410).error().error, WebhookError::Gone);
  EXPECT_EQ(answered(503, TakenBy::Only200, "Retry-After: 90\r\n").error().retry_after, 90s);
  EXPECT_FALSE(answered(503).error().retry_after);
}

TEST(WebhookSender, ALongAnswerIsTakenByItsStatus) {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.write(std::string(10'000, 'x'))) {
    }
  });
  EXPECT_TRUE(deliver(message_to(server.url("/"))).ok());
}

TEST(WebhookSender, ASilentEndpointTimesOut) {
  RawServer server([](RawConnection& connection) { connection.hang(); });
  const auto outcome = deliver(message_to(server.url("/")), {.timeout = 100ms, .allow_private = true});
  EXPECT_EQ(outcome.error().error, WebhookError::TimedOut);
}

TEST(WebhookSender, PrivateAddressesAndOtherSchemesAreRefused) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, "ok"); }));
  EXPECT_EQ(deliver(message_to(server.url("/")), {}).error().error, WebhookError::Forbidden);
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(deliver(message_to("file:///etc/passwd")).error().error, WebhookError::Unsendable);
}

TEST(WebhookSender, FailuresShowNoUrl) {
  const auto outcome = deliver(message_to("http://user:secret@127.0.0.1:1/hook?key=secret"));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().error, WebhookError::Unreachable);
  EXPECT_EQ(outcome.error().detail.find("secret"), std::string::npos);
}

TEST(WebhookSender, WhatIsUnderWayWhenItStopsIsToldSo) {
  std::promise<void> arrived;
  RawServer server([&](RawConnection& connection) {
    connection.read_request();
    arrived.set_value();
    connection.hang();
  });
  HttpWebhookSender sender({.timeout = 60s, .allow_private = true});
  sender.start();
  std::promise<WebhookOutcome> outcome;
  sender.send({message_to(server.url("/"))},
              [&](std::size_t, WebhookOutcome got) { outcome.set_value(std::move(got)); });
  arrived.get_future().get();
  sender.stop();
  EXPECT_EQ(outcome.get_future().get().error().error, WebhookError::Stopped);
}

}  // namespace
}  // namespace parcelwake::notify
