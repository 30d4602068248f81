#include "carriers/asking/connector_gateway.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "carriers/declaration/loader.h"
#include "wire/http/client/testing/raw_server.h"

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;
using ports::CarrierAnswer;
using ports::CarrierError;
using wire::http::testing::answering;
using wire::http::testing::raw_answer;
using wire::http::testing::RawConnection;
using wire::http::testing::RawRequest;
using wire::http::testing::RawServer;

const Timestamp kStart = from_unix_seconds(1'700'000'000);

class FakeClock final : public ports::Clock {
 public:
  Timestamp now() override { return Timestamp{std::chrono::milliseconds{now_ms_}}; }
  void advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ms_ = kStart.time_since_epoch().count();
};

class CountingRandom final : public ports::Random {
 public:
  std::uint64_t bits() override { return ++count_; }

 private:
  std::atomic<std::uint64_t> count_ = 0;
};

// A carrier's declaration: answers are {"parcels":[{"number":..,"events":[{"code":..}]}]} or {"error":".."}.
std::string declaration_toml(std::string_view name, std::string_view request, std::string_view more) {
  return "carriers = [\"" + std::string(name) +
         "\"]\nsignup_url = \"https://acme.example/api\"\n[[format]]\nname = \"" + std::string(name) +
         "-json\"\nversion = \"1\"\ntimeout_s = 3\n" + std::string(request) + std::string(more) + R"(
[format.answer]
kind = "json"
shape = "/json/parcels | /json/error"
error = [
  { kind = "auth", http = ["401"] },
  { kind = "rate_limit", http = ["429"] },
  { kind = "server", http = ["500-599"] },
  { kind = "invalid_number", when = "/json/error = 'invalid'" },
  { kind = "not_found", when = "/json/error = 'none'" },
]
[format.answer.item]
path = "/json/parcels"
number = "number"
[format.answer.event]
path = "events"
order = "newest_first"
time = { date = "time", patterns = ["iso"] }
description = "text"
code = "code"
status = { tables = [{ code = "code", rows = "acme" }] }
[codes.acme]
D = "delivered001 Delivered"
T = "transit001"
)";
}

constexpr std::string_view kGetOne = R"(
[format.request]
method = "GET"
base_url = "https://api.acme.example"
path = "/track/{number}"
)";
constexpr std::string_view kPostMany = R"(
[format.request]
method = "POST"
base_url = "https://api.acme.example"
path = "/track"
json = '{"all":[{numbers}]}'
[format.batch]
size = 3
each = '"{number}"'
separator = ","
)";
constexpr std::string_view kKey = R"(
[format.credentials]
key = "the API key"
[format.auth]
kind = "header"
name = "X-Key"
value = "{credential.key}"
)";
constexpr std::string_view kOauth = R"(
[format.credentials]
id = "the client id"
secret = "the client secret"
[format.auth]
kind = "oauth2-client-credentials"
style = "form"
token_path = "/token"
client_id = "id"
client_secret = "secret"
)";

std::string parcel(std::string_view number, std::string_view code = "T") {
  return R"({"number":")" + std::string(number) + R"(","events":[{"time":"2023-11-14T10:00:00Z","text":"x","code":")" +
         std::string(code) + R"("}]})";
}

std::string parcels(const std::vector<std::string>& all) {
  std::string body = R"({"parcels":[)";
  for (std::size_t i = 0; i < all.size(); ++i) body += (i > 0 ? "," : "") + all[i];
  return body + "]}";
}

std::string number_of(const RawRequest& request) { return request.target.substr(request.target.rfind('/') + 1); }

// The numbers of a batch: '{"all":["N1","N2"]}'.
std::vector<std::string> numbers_in(const std::string& body) {
  std::vector<std::string> numbers;
  for (std::size_t at = body.find("\"N"); at != std::string::npos; at = body.find("\"N", at + 1)) {
    numbers.push_back(body.substr(at + 1, body.find('"', at + 1) - at - 1));
  }
  return numbers;
}

// Collects answers; wait_for(n) gives the first n, by index.
class Answers {
 public:
  ports::CarrierGateway::Answered taker() {
    return [this](std::size_t index, CarrierAnswer answer) {
      const std::lock_guard lock(mutex_);
      answers_.emplace(index, std::move(answer));
      ++calls_;
      changed_.notify_all();
    };
  }
  std::map<std::size_t, CarrierAnswer> wait_for(std::size_t count, std::chrono::milliseconds longest = 15s) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, longest, [&] { return answers_.size() >= count; }));
    return answers_;
  }
  std::size_t calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, CarrierAnswer> answers_;
  std::size_t calls_ = 0;
};

class GatewayTest : public ::testing::Test {
 protected:
  void add(const std::string& name, std::string_view request, std::string_view more, CarrierSettings settings) {
    auto loaded = load_declaration(declaration_toml(name, request, more), name + "/carrier.toml", name);
    ASSERT_TRUE(loaded.ok()) << (loaded ? "" : to_string(loaded.error().front()));
    declarations_.push_back(std::make_shared<const Declaration>(std::move(loaded).value()));
    settings_[name] = std::move(settings);
  }
  static CarrierSettings at(const RawServer& server) {
    CarrierSettings settings;
    settings.base_url = server.url();
    settings.credentials = {{"key", "k3y"}, {"id", "me"}, {"secret", "s3cret"}};
    return settings;
  }
  ConnectorGateway& gateway() {
    if (!gateway_) {
      gateway_ = std::make_unique<ConnectorGateway>(declarations_, settings_, clock_, random_);
      gateway_->start();
    }
    return *gateway_;
  }
  static ports::CarrierQuestion question(std::string carrier, std::string number) {
    return {domain::CarrierCode::trusted(std::move(carrier)),
            domain::TrackingNumber::trusted(std::move(number)),
            {},
            kStart};
  }
  CarrierAnswer ask_one(const std::string& number, const std::string& carrier = "acme") {
    Answers answers;
    gateway().ask({question(carrier, number)}, answers.taker());
    return answers.wait_for(1).at(0);
  }
  std::map<std::size_t, CarrierAnswer> ask_all(const std::vector<std::string>& numbers) {
    Answers answers;
    std::vector<ports::CarrierQuestion> questions;
    for (const std::string& number : numbers) questions.push_back(question("acme", number));
    gateway().ask(std::move(questions), answers.taker());
    return answers.wait_for(numbers.size());
  }

  FakeClock clock_;
  CountingRandom random_;
  std::vector<std::shared_ptr<const Declaration>> declarations_;
  CarrierSettingsBySection settings_;
  std::unique_ptr<ConnectorGateway> gateway_;
};

TEST_F(GatewayTest, AsksWithTheCredentialAndReadsTheAnswer) {
  std::string key;
  RawServer server(answering([&](const RawRequest& request) {
    key = request.header("X-Key");
    return raw_answer(200, parcels({parcel(number_of(request), "D")}));
  }));
  add("acme", kGetOne, kKey, at(server));
  const auto answer = ask_one("N1");
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(key, "k3y");
  ASSERT_EQ(answer.value().checkpoints.size(), 1U);
  EXPECT_EQ(answer.value().checkpoints[0].reading->substatus, domain::Substatus::Delivered);
  EXPECT_EQ(answer.value().checkpoints[0].source, "acme-json/1");
  EXPECT_EQ(answer.value().checkpoints[0].first_seen, kStart);
}

TEST_F(GatewayTest, TheSandboxIsAlwaysThere) {
  EXPECT_TRUE(gateway().reachability(domain::CarrierCode::trusted("sandbox")).can_ask);
  EXPECT_TRUE(ask_one("SBXDELIVERED", "sandbox").ok());
}

TEST_F(GatewayTest, NewCredentialsAreUsedFromTheNextQuestionOn) {
  std::string key;
  RawServer server(answering([&](const RawRequest& request) {
    key = request.header("X-Key");
    return raw_answer(200, parcels({parcel(number_of(request))}));
  }));
  auto settings = at(server);
  settings.credentials.clear();
  add("acme", kGetOne, kKey, settings);
  EXPECT_EQ(ask_one("N1").error().error, CarrierError::NotConnected);
  for (const std::string given : {"first", "second"}) {
    settings_["acme"].credentials = {{"key", given}};
    gateway().apply(settings_);
    EXPECT_TRUE(gateway().reachability(domain::CarrierCode::trusted("acme")).can_ask);
    EXPECT_TRUE(ask_one("N1").ok());
    EXPECT_EQ(key, given);
  }
  settings_.clear();
  gateway().apply(settings_);
  EXPECT_FALSE(gateway().reachability(domain::CarrierCode::trusted("acme")).can_ask);
}

TEST_F(GatewayTest, ALineWhoseSettingsStayKeepsItsBudget) {
  RawServer server(
      answering([](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request))})); }));
  auto settings = at(server);
  settings.per_day = 1;
  add("acme", kGetOne, kKey, settings);
  EXPECT_TRUE(ask_one("N1").ok());
  settings_["another"].credentials = {{"key", "x"}};
  gateway().apply(settings_);
  EXPECT_EQ(ask_one("N2").error().error, CarrierError::Throttled);
}

TEST_F(GatewayTest, WhatWaitsInALineThatIsReplacedIsAnswered) {
  RawServer server(
      answering([](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request))})); }));
  auto settings = at(server);
  settings.per_second = 1;
  add("acme", kGetOne, kKey, settings);
  Answers answers;
  gateway().ask({question("acme", "N1"), question("acme", "N2")}, answers.taker());
  answers.wait_for(1);
  settings_["acme"].credentials = {{"key", "new"}};
  gateway().apply(settings_);
  gateway().stop();
  EXPECT_FALSE(answers.wait_for(2).at(1).ok());
  EXPECT_EQ(answers.calls(), 2U);
}

TEST_F(GatewayTest, WithoutCredentialsNobodyIsAsked) {
  RawServer server(answering([](const RawRequest&) { return raw_answer(200, "{}"); }));
  auto settings = at(server);
  settings.credentials.clear();
  add("acme", kGetOne, kKey, settings);
  const auto reachability = gateway().reachability(domain::CarrierCode::trusted("acme"));
  EXPECT_FALSE(reachability.can_ask);
  EXPECT_NE(reachability.missing.find("credentials.key (the API key) under [carriers.acme]"), std::string::npos);
  EXPECT_EQ(ask_one("N1").error().error, CarrierError::NotConnected);
  EXPECT_EQ(ask_one("N1", "nobody").error().error, CarrierError::NotConnected);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(GatewayTest, ErrorsAreToldApart) {
  RawServer server(answering([](const RawRequest& request) {
    const std::string number = number_of(request);
    if (number == "N401") return raw_answer(401, R"({"error":"who"})");
    if (number == "N404") return raw_answer(404, R"({"error":"none"})");
    if (number == "N400") return raw_answer(400, R"({"error":"invalid"})");
    if (number == "N500") return raw_answer(500, "<html>oops</html>", "text/html");
    if (number == "N403") return raw_answer(403, "<html>bot wall</html>", "text/html");
    if (number == "N200") return raw_answer(200, "<html>\xFF\xFE", "application/json; charset=utf-16");
    return raw_answer(429, R"({"error":"slow"})", "application/json", "Retry-After: 7\r\n");
  }));
  add("acme", kGetOne, kKey, at(server));
  EXPECT_EQ(ask_one("N401").error().error, CarrierError::Refused);
  EXPECT_EQ(ask_one("N404").error().error, CarrierError::UnknownNumber);
  EXPECT_EQ(ask_one("N400").error().error, CarrierError::InvalidNumber);
  EXPECT_EQ(ask_one("N500").error().error, CarrierError::Unreachable);
  EXPECT_EQ(ask_one("N403").error().error, CarrierError::Refused);
  EXPECT_EQ(ask_one("N200").error().error, CarrierError::Unreadable);
  const auto throttled = ask_one("N429");
  EXPECT_EQ(throttled.error().error, CarrierError::Throttled);
  EXPECT_EQ(throttled.error().retry_after, 7s);
}

TEST_F(GatewayTest, ACarrierThatSaysWaitIsNotAskedUntilThen) {
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest& request) {
    if (++requests == 1) return raw_answer(429, R"({"error":"slow"})", "application/json", "Retry-After: 60\r\n");
    return raw_answer(200, parcels({parcel(number_of(request))}));
  }));
  add("acme", kGetOne, kKey, at(server));
  EXPECT_EQ(ask_one("N1").error().error, CarrierError::Throttled);
  const auto second = ask_one("N2");
  EXPECT_EQ(second.error().error, CarrierError::Throttled);
  EXPECT_EQ(second.error().retry_after, 60s);
  EXPECT_EQ(requests, 1);
  clock_.advance(60s);
  EXPECT_TRUE(ask_one("N2").ok());
}

TEST_F(GatewayTest, ABatchSharesRequestsAndFindsItsAnswers) {
  std::mutex mutex;
  std::vector<std::size_t> sizes;
  RawServer server(answering([&](const RawRequest& request) {
    auto numbers = numbers_in(request.body);
    {
      const std::lock_guard lock(mutex);
      sizes.push_back(numbers.size());
    }
    if (numbers == std::vector<std::string>{"N4"}) return raw_answer(404, "{}");
    std::vector<std::string> all;
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
      if (*number != "N4") all.push_back(parcel(*number, *number == "N2" ? "D" : "T"));
    }
    return raw_answer(200, parcels(all));
  }));
  add("acme", kPostMany, "", at(server));
  const auto answers = ask_all({"N1", "N2", "N3", "N4", "N5", "N2"});
  for (const std::size_t i : {0, 1, 2, 4, 5}) ASSERT_TRUE(answers.at(i).ok()) << i;
  EXPECT_EQ(answers.at(0).value().number, "N1");
  EXPECT_EQ(answers.at(1).value().checkpoints[0].code, "D");
  EXPECT_EQ(answers.at(5).value().number, "N2");
  EXPECT_EQ(answers.at(3).error().error, CarrierError::UnknownNumber);
  const std::lock_guard lock(mutex);
  std::sort(sizes.begin(), sizes.end());
  // The second "N2" came after the first one's batch was full; "N4", which its batch's answer passes over, went alone.
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1, 3, 3}));
}

TEST_F(GatewayTest, ANumberAskedTwiceIsAskedOnce) {
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest& request) {
    ++requests;
    std::vector<std::string> all;
    for (const std::string& number : numbers_in(request.body)) all.push_back(parcel(number));
    return raw_answer(200, parcels(all));
  }));
  add("acme", kPostMany, "", at(server));
  for (const auto& [index, answer] : ask_all({"N1", "n1", "N1", "N2"})) EXPECT_TRUE(answer.ok()) << index;
  EXPECT_EQ(requests, 1);
}

TEST_F(GatewayTest, QuestionsThatComeOneByOneTravelTogether) {
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest& request) {
    ++requests;
    std::vector<std::string> all;
    for (const std::string& number : numbers_in(request.body)) all.push_back(parcel(number));
    return raw_answer(200, parcels(all));
  }));
  add("acme", kPostMany, "", at(server));
  Answers first;
  Answers second;
  gateway().ask({question("acme", "N1")}, first.taker());
  gateway().ask({question("acme", "N2")}, second.taker());
  EXPECT_TRUE(first.wait_for(1).at(0).ok());
  EXPECT_TRUE(second.wait_for(1).at(0).ok());
  EXPECT_EQ(requests, 1);
}

TEST_F(GatewayTest, OneBadNumberDoesNotSpoilItsBatch) {
  RawServer server(answering([](const RawRequest& request) {
    const auto numbers = numbers_in(request.body);
    if (std::find(numbers.begin(), numbers.end(), "N2") != numbers.end()) {
      return raw_answer(400, R"({"error":"invalid"})");
    }
    std::vector<std::string> all;
    for (const std::string& number : numbers) all.push_back(parcel(number));
    return raw_answer(200, parcels(all));
  }));
  add("acme", kPostMany, "", at(server));
  const auto answers = ask_all({"N1", "N2", "N3"});
  EXPECT_TRUE(answers.at(0).ok());
  EXPECT_EQ(answers.at(1).error().error, CarrierError::InvalidNumber);
  EXPECT_TRUE(answers.at(2).ok());
}

// A carrier with OAuth: grants "t1", "t2"… and accepts the newest alone.
class OauthServer {
 public:
  OauthServer() : server(answering([this](const RawRequest& request) { return reply(request); })) {}

  std::atomic<int> granted = 0;
  std::atomic<int> refused = 0;
  std::atomic<bool> revoke = false;  // the token in use is no longer good
  std::atomic<bool> closed = false;  // nobody gets a token
  std::mutex mutex;
  std::string last_form;
  RawServer server;

 private:
  std::string reply(const RawRequest& request) {
    if (request.target == "/token") {
      const std::lock_guard lock(mutex);
      last_form = request.body;
      ++granted;
      if (closed) return raw_answer(401, R"({"error":"invalid_client"})");
      revoke = false;
      std::this_thread::sleep_for(30ms);
      return raw_answer(200, R"({"access_token":"t)" + std::to_string(granted) + R"(","expires_in":"3600"})");
    }
    const bool good = request.header("Authorization") == "Bearer t" + std::to_string(granted) && !revoke;
    if (good) return raw_answer(200, parcels({parcel(number_of(request))}));
    ++refused;
    return raw_answer(401, R"({"error":"token"})");
  }
};

TEST_F(GatewayTest, ATokenIsFetchedOnceForAll) {
  OauthServer carrier;
  add("acme", kGetOne, kOauth, at(carrier.server));
  for (const auto& [index, answer] : ask_all({"N1", "N2", "N3", "N4"})) EXPECT_TRUE(answer.ok()) << index;
  EXPECT_TRUE(ask_one("N5").ok());
  EXPECT_EQ(carrier.granted, 1);
  EXPECT_EQ(carrier.refused, 0);
  const std::lock_guard lock(carrier.mutex);
  EXPECT_EQ(carrier.last_form, "grant_type=client_credentials&client_id=me&client_secret=s3cret");
}

TEST_F(GatewayTest, ATokenIsRenewedBeforeItEnds) {
  OauthServer carrier;
  add("acme", kGetOne, kOauth, at(carrier.server));
  EXPECT_TRUE(ask_one("N1").ok());
  clock_.advance(3539s);
  EXPECT_TRUE(ask_one("N2").ok());
  EXPECT_EQ(carrier.granted, 1);
  clock_.advance(1s);
  EXPECT_TRUE(ask_one("N3").ok());
  EXPECT_EQ(carrier.granted, 2);
  EXPECT_EQ(carrier.refused, 0);
}

TEST_F(GatewayTest, ARefusedTokenIsReplacedAndTheQuestionAskedAgain) {
  OauthServer carrier;
  add("acme", kGetOne, kOauth, at(carrier.server));
  EXPECT_TRUE(ask_one("N1").ok());
  carrier.revoke = true;
  EXPECT_TRUE(ask_one("N2").ok());
  EXPECT_EQ(carrier.granted, 2);
  EXPECT_EQ(carrier.refused, 1);
}

TEST_F(GatewayTest, RefusedClientCredentialsAreNotTriedAgainAtOnce) {
  OauthServer carrier;
  carrier.closed = true;
  add("acme", kGetOne, kOauth, at(carrier.server));
  for (const auto& [index, answer] : ask_all({"N1", "N2"})) EXPECT_EQ(answer.error().error, CarrierError::Refused);
  EXPECT_EQ(ask_one("N3").error().error, CarrierError::Refused);
  EXPECT_EQ(carrier.granted, 1);
  carrier.closed = false;
  clock_.advance(60s);
  EXPECT_TRUE(ask_one("N4").ok());
}

TEST_F(GatewayTest, AUsedUpBudgetSaysHowLong) {
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest& request) {
    ++requests;
    return raw_answer(200, parcels({parcel(number_of(request))}));
  }));
  auto settings = at(server);
  settings.per_hour = 2;
  add("acme", kGetOne, "", settings);
  const auto answers = ask_all({"N1", "N2", "N3", "N4"});
  EXPECT_TRUE(answers.at(0).ok());
  EXPECT_TRUE(answers.at(1).ok());
  for (const std::size_t i : {2, 3}) {
    EXPECT_EQ(answers.at(i).error().error, CarrierError::Throttled);
    EXPECT_EQ(answers.at(i).error().retry_after, 61min);
  }
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(gateway().lines().at(0).used_this_hour, 2);
  clock_.advance(61min);
  EXPECT_TRUE(ask_one("N3").ok());
}

TEST_F(GatewayTest, AShortWaitIsWaited) {
  RawServer server(
      answering([](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request))})); }));
  auto settings = at(server);
  settings.per_second = 10;
  add("acme", kGetOne, "", settings);
  std::atomic<bool> done = false;
  std::thread time([&] {
    while (!done) {
      std::this_thread::sleep_for(5ms);
      clock_.advance(5ms);
    }
  });
  std::vector<std::string> numbers;
  for (int i = 0; i < 15; ++i) numbers.push_back("N" + std::to_string(i));
  for (const auto& [index, answer] : ask_all(numbers)) EXPECT_TRUE(answer.ok()) << index;
  done = true;
  time.join();
}

TEST_F(GatewayTest, MoreThanTheBudgetCanTakeSoonIsRefusedAtOnce) {
  RawServer server(
      answering([](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request))})); }));
  auto settings = at(server);
  settings.per_second = 1;
  add("acme", kGetOne, "", settings);
  Answers answers;
  std::vector<ports::CarrierQuestion> questions;
  for (int i = 0; i < 100; ++i) questions.push_back(question("acme", "N" + std::to_string(i)));
  gateway().ask(std::move(questions), answers.taker());
  const auto early = answers.wait_for(90, 1s);
  const auto refused = std::count_if(early.begin(), early.end(), [](const auto& entry) {
    return !entry.second.ok() && entry.second.error().error == CarrierError::Throttled;
  });
  EXPECT_GE(refused, 90);
  gateway().stop();
  EXPECT_EQ(answers.calls(), 100U);
}

TEST_F(GatewayTest, ConcurrencyIsLimited) {
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  RawServer server(answering([&](const RawRequest& request) {
    most = std::max<int>(most, ++at_once);
    std::this_thread::sleep_for(20ms);
    --at_once;
    return raw_answer(200, parcels({parcel(number_of(request))}));
  }));
  auto settings = at(server);
  settings.concurrency = 2;
  add("acme", kGetOne, "", settings);
  std::vector<std::string> numbers;
  for (int i = 0; i < 20; ++i) numbers.push_back("N" + std::to_string(i));
  for (const auto& [index, answer] : ask_all(numbers)) EXPECT_TRUE(answer.ok()) << index;
  EXPECT_EQ(most, 2);
}

TEST_F(GatewayTest, ABrokenCarrierIsLeftAloneAndTriedAgain) {
  std::atomic<bool> broken = true;
  std::atomic<int> requests = 0;
  RawServer server(answering([&](const RawRequest& request) {
    ++requests;
    return broken ? raw_answer(503, "{}") : raw_answer(200, parcels({parcel(number_of(request))}));
  }));
  add("acme", kGetOne, "", at(server));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask_one("N1").error().error, CarrierError::Unreachable);
  EXPECT_EQ(requests, 5);
  const auto rested = ask_one("N1");
  EXPECT_EQ(rested.error().error, CarrierError::Unreachable);
  EXPECT_EQ(rested.error().retry_after, 30s);
  EXPECT_EQ(requests, 5);
  EXPECT_TRUE(gateway().lines().at(0).breaker_open);
  clock_.advance(30s);
  broken = false;
  EXPECT_TRUE(ask_one("N1").ok());
  EXPECT_TRUE(ask_one("N2").ok());
}

TEST_F(GatewayTest, AHangingCarrierHarmsNoOther) {
  RawServer hanging([](RawConnection& connection) { connection.hang(); });
  RawServer fast(
      answering([](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request))})); }));
  add("slow", kGetOne, "", at(hanging));
  add("acme", kGetOne, "", at(fast));
  Answers stuck;
  std::vector<ports::CarrierQuestion> questions;
  for (int i = 0; i < 50; ++i) questions.push_back(question("slow", "N" + std::to_string(i)));
  gateway().ask(std::move(questions), stuck.taker());
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(ask_one("N1").ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
  for (const auto& [index, answer] : stuck.wait_for(50, 10s)) EXPECT_FALSE(answer.ok());
}

TEST_F(GatewayTest, AFloodAndGarbageAreUnreadable) {
  RawServer flood([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.write(std::string(1U << 20, 'x'))) {
    }
  });
  RawServer garbage([](RawConnection& connection) {
    connection.read_request();
    connection.write("\x01\x02 nonsense\r\n\r\n");
  });
  add("acme", kGetOne, "", at(flood));
  add("other", kGetOne, "", at(garbage));
  EXPECT_EQ(ask_one("N1").error().error, CarrierError::Unreadable);
  EXPECT_EQ(ask_one("N1", "other").error().error, CarrierError::Unreadable);
}

TEST_F(GatewayTest, UnmappedCodesAreCounted) {
  RawServer server(answering(
      [](const RawRequest& request) { return raw_answer(200, parcels({parcel(number_of(request), "ZZ")})); }));
  add("acme", kGetOne, "", at(server));
  EXPECT_TRUE(ask_one("N1").ok());
  EXPECT_TRUE(ask_one("N2").ok());
  const auto codes = gateway().unmapped_codes().list();
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes[0].format, "acme-json");
  EXPECT_EQ(codes[0].code, "ZZ");
  EXPECT_EQ(codes[0].count, 2U);
}

TEST_F(GatewayTest, StoppingAnswersEverythingOnceAndNothingAfterwards) {
  RawServer hanging([](RawConnection& connection) { connection.hang(); });
  add("acme", kGetOne, "", at(hanging));
  Answers answers;
  std::vector<ports::CarrierQuestion> questions;
  for (int i = 0; i < 100; ++i) questions.push_back(question("acme", "N" + std::to_string(i)));
  questions.push_back(question("sandbox", "SBXTIMEOUT"));
  gateway().ask(std::move(questions), answers.taker());
  std::this_thread::sleep_for(100ms);
  gateway().ask({question("acme", "N1")}, [](std::size_t, const CarrierAnswer&) {});
  gateway().stop();
  EXPECT_EQ(answers.calls(), 101U);
  for (const auto& [index, answer] : answers.wait_for(101)) {
    EXPECT_EQ(answer.error().error, CarrierError::Unreachable) << index;
  }
  gateway().ask({question("acme", "N1")}, answers.taker());
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(answers.calls(), 101U);
}

TEST_F(GatewayTest, AGatewayThatNeverStartedAnswersWhenItStops) {
  ConnectorGateway idle({}, {}, clock_, random_);
  Answers answers;
  idle.ask({question("sandbox", "SBXINFO")}, answers.taker());
  idle.stop();
  EXPECT_EQ(answers.calls(), 1U);
}

// What the gateway says of one waybill, with no declaration but those given.
ports::AirlineAnswer ask_airline(const std::vector<std::shared_ptr<const Declaration>>& declarations,
                                 const std::string& number) {
  FakeClock clock;
  CountingRandom random;
  ConnectorGateway gateway(declarations, {}, clock, random);
  gateway.start();
  std::promise<ports::AirlineAnswer> answer;
  gateway.ask_airlines({{domain::AirWaybill::trusted(number), "en", clock.now()}},
                       [&](std::size_t, ports::AirlineAnswer said) { answer.set_value(std::move(said)); });
  return answer.get_future().get();
}

TEST(AirlineGateway, TheSandboxAirlineIsAlwaysThere) {
  const auto answer = ask_airline({}, "998-10000001");
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->shipment.status_code, "DLV");
  EXPECT_EQ(ask_airline({}, "998-40000004").error().error, CarrierError::UnknownNumber);
}

TEST(AirlineGateway, AnAirlineWithoutConnectorOrCredentialsIsNotAsked) {
  const auto none = ask_airline({}, "172-00000033");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().error, CarrierError::NotConnected);
  const auto declarations = load_embedded_declarations().declarations;
  const auto without_key = ask_airline(declarations, "020-10000001");
  ASSERT_FALSE(without_key.ok());
  EXPECT_EQ(without_key.error().error, CarrierError::NotConnected);
  EXPECT_NE(without_key.error().detail.find("credentials.api_key"), std::string::npos);
}

}  // namespace
}  // namespace parcelwake::carriers
