#include "api/trackingmore_v4/routes.h"

#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using api::testing::Answer;
using api::testing::DialectBench;

struct V4Routes : ::testing::Test {
  DialectBench bench;

  Answer ask(std::string method, std::string target, std::string body = {}) {
    const Answer answer = bench.ask(std::move(method), "/v4" + target, std::move(body));
    EXPECT_TRUE(answer.answered);
    EXPECT_NE(answer.body.find(R"(,"data":)"), std::string::npos) << answer.body;
    return answer;
  }
  static int code_of(const Answer& answer) {
    constexpr std::string_view kBefore = R"({"meta":{"code":)";
    return answer.body.starts_with(kBefore) ? std::stoi(answer.body.substr(kBefore.size())) : 0;
  }
  int code(std::string method, std::string target, std::string body = {}) {
    const Answer answer = ask(std::move(method), std::move(target), std::move(body));
    const int code = code_of(answer);
    EXPECT_EQ(answer.status, code > 4000 ? 400 : code > 500 ? 500 : code);
    if (code != 200) {
      EXPECT_TRUE(answer.body.ends_with(R"("data":null})")) << answer.body;
    }
    return code;
  }
  // Adds a number and tells its id.
  std::string added(const std::string& number) {
    const Answer answer =
        ask("POST", "/trackings/batch", R"([{"tracking_number":")" + number + R"(","courier_code":"dhl"}])");
    constexpr std::string_view kBefore = R"("success":[{"id":")";
    const auto at = answer.body.find(kBefore);
    EXPECT_NE(at, std::string::npos) << answer.body;
    return answer.body.substr(at + kBefore.size(), 32);
  }
};

constexpr const char* kCreate = R"({"tracking_number":"AB123","courier_code":"dhl"})";

TEST_F(V4Routes, CreateAsksTheCarrierBeforeItAnswers) {
  bench.room.gateway.script = [](const auto&) -> ports::CarrierAnswer {
    return domain::examples::report_of({domain::examples::scan(1, 9)});
  };
  const Answer answer = ask("POST", "/trackings/create", kCreate);
  EXPECT_EQ(code_of(answer), 200);
  EXPECT_NE(answer.body.find(R"("delivery_status":"transit")"), std::string::npos);
  EXPECT_EQ(code("POST", "/trackings/create", kCreate), 4101);
  EXPECT_EQ(bench.room.gateway.asked, 1U);
}

TEST_F(V4Routes, CreateRefusesWhatItCannotAdd) {
  const auto refusal = [&](std::string body) {
    bench.time += std::chrono::seconds{1};
    return code("POST", "/trackings/create", std::move(body));
  };
  EXPECT_EQ(refusal("{broken"), 400);
  EXPECT_EQ(refusal("[]"), 400);
  EXPECT_EQ(refusal(""), 4111);
  EXPECT_EQ(refusal(R"({"courier_code":"dhl"})"), 4111);
  EXPECT_EQ(refusal(R"({"tracking_number":"!","courier_code":"dhl"})"), 4110);
  EXPECT_EQ(refusal(R"({"tracking_number":"AB123","courier_code":"nobody"})"), 4120);
  EXPECT_EQ(refusal(R"({"tracking_number":"AB123"})"), 4121);
  EXPECT_EQ(refusal(R"({"tracking_number":"AB123","courier_code":"dhl","order_date":"x"})"), 4130);
  bench.write_error = ports::StoreError::Busy;
  EXPECT_EQ(refusal(kCreate), 513);
  bench.write_error = ports::StoreError::Full;
  EXPECT_EQ(refusal(kCreate), 512);
  bench.write_error = ports::StoreError::Broken;
  EXPECT_EQ(refusal(kCreate), 511);
}

TEST_F(V4Routes, ABatchTellsEachRowItsFate) {
  added("AB123");
  const Answer answer = ask("POST", "/trackings/batch",
                            R"([{"tracking_number":"CD123","courier_code":"dhl"},7,
                                {"tracking_number":"ab123","courier_code":"DHL"},{"tracking_number":"!"}])");
  EXPECT_EQ(code_of(answer), 200);
  EXPECT_NE(answer.body.find(R"("tracking_number":"CD123","courier_code":"dhl"}],"error":[)"
                             R"({"id":"","tracking_number":"","courier_code":"","errorCode":400,)"
                             R"("errorMessage":"Request type error."},)"
                             R"({"id":"","tracking_number":"ab123","courier_code":"DHL","errorCode":4101,)"
                             R"("errorMessage":"Tracking No. already exists."},)"
                             R"({"id":"","tracking_number":"!","courier_code":"","errorCode":4110)"),
            std::string::npos)
      << answer.body;
  EXPECT_EQ(code("POST", "/trackings/batch", "[]"), 400);
  EXPECT_EQ(code("POST", "/trackings/batch", kCreate), 400);
  std::string rows = "[{}";
  for (int i = 1; i < 41; ++i) rows += ",{}";
  EXPECT_EQ(code("POST", "/trackings/batch", rows + "]"), 4103);
}

TEST_F(V4Routes, AListWithoutRowsIsAnEmptyArray) {
  EXPECT_EQ(ask("GET", "/trackings//get?tracking_numbers=AB123").body,
            R"({"meta":{"code":200,"message":"Request response is successful"},"data":[]})");
  const std::string id = added("AB123");
  EXPECT_NE(ask("GET", "/trackings/get").body.find(R"("data":[{"id":")" + id), std::string::npos);
  EXPECT_EQ(code("GET", "/trackings/get?delivery_status=lost"), 4130);
}

TEST_F(V4Routes, ATrackingIsChangedAndDeletedByItsId) {
  const std::string id = added("AB123");
  const Answer updated = ask("PUT", "/trackings/update/" + id, R"({"note":"n","archived_status":"true"})");
  EXPECT_EQ(code_of(updated), 200);
  EXPECT_NE(updated.body.find(R"("note":"n")"), std::string::npos);
  EXPECT_NE(ask("GET", "/trackings/get").body.find(R"("archived":"true")"), std::string::npos);
  EXPECT_EQ(code("PUT", "/trackings/update/" + id), 200) << "an empty body changes nothing";
  EXPECT_EQ(code("PUT", "/trackings/update/" + id, R"({"archived_status":"x"})"), 4130);
  EXPECT_EQ(code("PUT", "/trackings/update/" + id, "[1]"), 400);
  const Answer deleted = ask("DELETE", "/trackings/delete/" + ascii::to_upper(id));
  EXPECT_NE(deleted.body.find(R"("data":{"id":")" + id), std::string::npos);
  EXPECT_NE(deleted.body.find(R"("note":"n")"), std::string::npos);
  for (const std::string& gone : {id, std::string(32, 'f')}) {
    EXPECT_EQ(code("PUT", "/trackings/update/" + gone), 4102);
    EXPECT_EQ(code("DELETE", "/trackings/delete/" + gone), 4102);
    EXPECT_EQ(code("POST", "/trackings/retrack/" + gone), 4102);
  }
  for (const std::string& no_id : {std::string(), id + "0", std::string(32, 'x')}) {
    EXPECT_EQ(code("DELETE", "/trackings/delete/" + no_id), 4112) << no_id;
  }
}

TEST_F(V4Routes, AChangeOfCourierKeepsTheIdAndTakesTheOtherChangesWithIt) {
  const std::string id = added("AB123");
  const auto update = [&](std::string body) { return ask("PUT", "/trackings/update/" + id, std::move(body)); };
  const Answer changed = update(R"({"courier_code_new":"USPS","note":"n","archived_status":"true"})");
  EXPECT_NE(changed.body.find(R"("courier_code":"dhl","courier_code_new":"usps")"), std::string::npos) << changed.body;
  EXPECT_NE(changed.body.find(R"("note":"n","label":null,"archived_status":"true")"), std::string::npos);
  EXPECT_NE(ask("GET", "/trackings/get?courier_code=usps").body.find(id), std::string::npos);
  EXPECT_NE(update(R"({"courier_code_new":"usps","note":"m"})").body.find(R"("courier_code_new":null)"),
            std::string::npos)
      << "the courier that it has is no change";
  added("AB123");
  EXPECT_EQ(code_of(update(R"({"courier_code_new":"dhl"})")), 4101);
  EXPECT_EQ(code_of(update(R"({"courier_code_new":"nobody","note":"x"})")), 4120);
  EXPECT_NE(ask("GET", "/trackings/get").body.find(R"("note":"m")"), std::string::npos) << "nothing is half done";
}

TEST_F(V4Routes, WhatAnIdNamedIsWrittenThoughItsNumberHasAnotherCourierMeanwhile) {
  const std::string id = added("AB123");
  std::string newcomer;
  // Another call gives the number to another courier, and a third one adds it anew in its old place.
  const auto while_others = [&](std::string method, std::string route, std::string from, std::string to,
                                std::string body = {}) {
    bench.before_write = [&, from, to] {
      ask("PUT", "/trackings/update/" + id, R"({"courier_code_new":")" + to + R"("})");
      const Answer again =
          ask("POST", "/trackings/batch", R"([{"tracking_number":"AB123","courier_code":")" + from + R"("}])");
      newcomer = again.body.substr(again.body.find(R"("id":")") + 6, 32);
    };
    const Answer answer = ask(std::move(method), "/trackings/" + std::move(route) + "/" + id, std::move(body));
    EXPECT_NE(newcomer, id);
    return answer;
  };
  const auto remove = [&](const std::string& which) { EXPECT_EQ(code("DELETE", "/trackings/delete/" + which), 200); };

  const Answer updated = while_others("PUT", "update", "dhl", "usps", R"({"note":"mine"})");
  EXPECT_NE(updated.body.find(R"("data":{"id":")" + id), std::string::npos) << updated.body;
  EXPECT_NE(ask("GET", "/trackings/get?courier_code=usps").body.find(R"("note":"mine")"), std::string::npos);
  EXPECT_EQ(ask("GET", "/trackings/get?courier_code=dhl").body.find(R"("note":"mine")"), std::string::npos);
  remove(newcomer);

  const Answer moved = while_others("PUT", "update", "usps", "dhl", R"({"courier_code_new":"phlpost"})");
  EXPECT_NE(moved.body.find(R"("data":{"id":")" + id), std::string::npos) << moved.body;
  EXPECT_NE(moved.body.find(R"("courier_code_new":"phlpost")"), std::string::npos) << moved.body;
  remove(newcomer);

  const Answer deleted = while_others("DELETE", "delete", "phlpost", "dhl");
  EXPECT_NE(deleted.body.find(R"("data":{"id":")" + id), std::string::npos) << deleted.body;
  EXPECT_EQ(code("PUT", "/trackings/update/" + id), 4102);
  EXPECT_EQ(code("PUT", "/trackings/update/" + newcomer), 200);
}

TEST_F(V4Routes, OnlyWhatHasExpiredIsRetracked) {
  const std::string id = added("AB123");
  EXPECT_EQ(code("POST", "/trackings/retrack/" + id), 4113);
  bench.time += std::chrono::days{31};
  bench.room.in_transaction([&] {
    const app::AnswerCommand answer{.id = *domain::TrackingId::parse(id),
                                    .origin = app::testing::failing(ports::CarrierError::UnknownNumber),
                                    .destination = {}};
    return app::apply_answers(std::span(&answer, 1), bench.room.store, bench.room.catalogue, bench.room.random,
                              bench.time);
  });
  EXPECT_NE(ask("GET", "/trackings/get?delivery_status=expired").body.find(id), std::string::npos);
  EXPECT_NE(ask("POST", "/trackings/retrack/" + id).body.find(R"("delivery_status":"pending")"), std::string::npos);
  EXPECT_EQ(bench.room.schedule(*domain::TrackingId::parse(id))->due_at, bench.time);
}

TEST_F(V4Routes, CouriersAreListedAndDetected) {
  EXPECT_NE(ask("GET", "/couriers/all").body.find(R"("courier_code":"phlpost")"), std::string::npos);
  EXPECT_EQ(code("POST", "/couriers/detect", "{}"), 4111);
  EXPECT_EQ(code("POST", "/couriers/detect", R"({"tracking_number":"1"})"), 4110);
  EXPECT_EQ(code("POST", "/couriers/detect", R"({"tracking_number":{}})"), 4110);
  EXPECT_EQ(code("POST", "/couriers/detect", "[]"), 400);
  EXPECT_EQ(code("POST", "/couriers/detect", R"({"tracking_number":"12345"})"), 4121);
  bench.room.catalogue.candidates["12345"] = {
      {.carrier = app::testing::carrier("usps"), .carrier_name = "USPS", .format = {}, .checksum = true, .score = 1}};
  EXPECT_NE(ask("POST", "/couriers//detect", R"({"tracking_number":"12345"})").body.find(R"("data":[{"courier_name")"),
            std::string::npos);
}

TEST_F(V4Routes, AnAirWaybillIsCheckedBeforeItsAirlineIsAsked) {
  EXPECT_EQ(code("POST", "/awb", "[]"), 400);
  for (const char* number : {"", "12-34567890", "235-6903043", "235-69030431", "235-6903043x"}) {
    EXPECT_EQ(code("POST", "//awb", R"({"awb_number":")" + std::string(number) + "\"}"), 4160) << number;
  }
  EXPECT_EQ(code("POST", "/awb", R"({"awb_number":{}})"), 4160);
  EXPECT_EQ(code("POST", "/awb", R"({"awb_number":"000-00000000"})"), 4161) << "nobody has this prefix";
  EXPECT_EQ(code("GET", "/awb"), 405);
}

TEST_F(V4Routes, UnknownPathsAndVerbsAreRefusedBeforeTheKey) {
  for (const char* path : {"", "/", "/trackings", "/nothing", "/trackings/nothing", "/couriers/all/x"}) {
    EXPECT_EQ(code("GET", path), 404) << path;
  }
  EXPECT_EQ(code("POST", "/couriers/all"), 405);
  EXPECT_EQ(code("GET", "/trackings/update/x"), 405);
  EXPECT_EQ(code_of(bench.ask_as_it_is("GET", "/v4/couriers/all", "", {})), 401);
  EXPECT_EQ(bench.ask_as_it_is("GET", "/v4/couriers/all", "", {{"Tracking-Api-Key", "x"}}).status, 401);
}

TEST_F(V4Routes, CreatingTooFastIs429WithAHintWhenToComeBack) {
  for (int i = 0; i < 3; ++i) code("POST", "/trackings/create", "{}");
  EXPECT_EQ(code("POST", "/trackings/create", "{}"), 429);
  EXPECT_EQ(code("GET", "/trackings/get"), 200) << "reading has a limit of its own";
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
