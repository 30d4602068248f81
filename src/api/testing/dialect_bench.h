#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/common/services.h"
#include "api/front.h"
#include "api/trackingmore_v2/dialect.h"
#include "api/trackru_v1/dialect.h"
#include "api/tracktry_v1/dialect.h"
#include "app/accounts/open_account.h"
#include "app/testing/scripted_airlines.h"
#include "app/testing/store_room.h"
#include "app/writing/write_pass.h"
#include "store/memory/memory_account_store.h"
#include "store/memory/memory_remote_area_store.h"
#include "wire/http/server/exchange.h"

namespace parcelwake::api::testing {

// What came back for one request.
struct Answer {
  int status = 0;
  std::string body;
  bool answered = false;
  std::string entity_tag = {};
};

// The whole API over the memory store and a scripted gateway, without a socket: writes are carried out where they are
// handed in, and time stands still unless a test moves it.
class DialectBench : private ports::Clock, private app::WriteGate, private Readers {
 public:
  app::testing::StoreRoom room;
  store::MemoryRemoteAreaStore remote_areas;
  app::testing::ScriptedAirlines airlines;
  Timestamp time = app::testing::kNoon;
  bool ready = true;
  bool keeps_rows = true;
  std::vector<Dialect> dialects = {trackingmore_v2(), tracktry_v1(), trackru_v1()};  // until the first request
  std::optional<ports::StoreError> write_error;
  std::function<void()> before_write;  // once: what others write between a request's reading and its own write

  const std::string& key() const { return key_; }

  // `headers` beside the API key of the dialect that `target` begins with.
  Answer ask(std::string method, std::string target, std::string body = {},
             std::vector<wire::http::HeaderField> headers = {}) {
    std::string key_header = target.starts_with("/v2") ? "Trackingmore-Api-Key" : "Tracktry-Api-Key";
    if (target.starts_with("/v4")) key_header = "Tracking-Api-Key";
    headers.push_back({key_header, key_});
    return ask_as_it_is(std::move(method), std::move(target), std::move(body), headers);
  }

  Answer ask_as_it_is(std::string method, std::string target, std::string body,
                      const std::vector<wire::http::HeaderField>& headers) {
    const auto query_at = std::min(target.find('?'), target.size());
    wire::http::Request request;
    request.method = method;
    request.target = target;
    request.path = std::string_view(target).substr(0, query_at);
    request.query = std::string_view(target).substr(std::min(query_at + 1, target.size()));
    request.headers = headers;
    request.body = body;
    const auto exchange = std::make_shared<wire::http::Exchange>();
    front().answer(request, wire::http::Reply(exchange));
    Answer answer{
        .status = exchange->response.status,
        .body = exchange->response.body,
        .answered = exchange->state == wire::http::Exchange::State::Answered && !exchange->unanswered,
    };
    for (const auto& [name, value] : exchange->response.headers) {
      if (name == "ETag") answer.entity_tag = value;
    }
    return answer;
  }

  const Front& front() {
    if (!front_) front_.emplace(services_, dialects, [this] { return ready ? Health::Ok : Health::Unavailable; });
    return *front_;
  }

 private:
  Timestamp now() override { return time; }
  ports::TrackingReader& of_this_thread() override { return room.store; }
  ports::RemoteAreaReader& remote_areas_of_this_thread() override { return remote_areas; }
  WrittenRows& written_rows_of_this_thread() override { return keeps_rows ? written_rows_ : no_rows_; }
  void submit(app::WriteRequest request, Done done) override {
    if (write_error) return done(fail(*write_error));
    if (const auto others = std::exchange(before_write, nullptr)) others();
    const app::WriteContext context{.catalogue = room.catalogue, .gateway = room.gateway, .random = room.random};
    done(std::move(app::run_write_pass(std::span(&request, 1), room.store, context, time).front()));
  }

  static constexpr std::size_t kWrittenRowBytes = 1 << 20;

  WrittenRows written_rows_{kWrittenRowBytes};
  WrittenRows no_rows_{0};
  app::testing::SeededRandom key_random_;
  std::unique_ptr<store::MemoryAccountStore> accounts_ = std::make_unique<store::MemoryAccountStore>();
  std::string key_ = app::open_account({.id = {},
                                        .email = "a@example.com",
                                        .plan = "unlimited",
                                        .phone = "+86 755 1",
                                        .time_zone = UtcOffset{std::chrono::hours{8}}},
                                       *accounts_, key_random_, app::testing::kNoon)
                         ->api_key;
  app::KeyDirectory keys_{std::move(accounts_)};
  app::RateLimits rates_{{.per_second = {0, 3, 0, 0, 3, 0}}};
  app::TrackingAsks tracking_asks_{*this};
  app::WaybillAsks waybill_asks_{*this};
  wire::http::TrustedProxies proxies_;
  Services services_{.catalogue = room.catalogue,
                     .gateway = room.gateway,
                     .airlines = airlines,
                     .clock = *this,
                     .readers = *this,
                     .writes = *this,
                     .tracking_asks = tracking_asks_,
                     .waybill_asks = waybill_asks_,
                     .keys = keys_,
                     .rates = rates_,
                     .proxies = proxies_,
                     .waybill_freshness = {},
                     .support = "help@example.com"};
  std::optional<Front> front_;
};

}  // namespace parcelwake::api::testing
