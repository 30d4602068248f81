#include "api/front.h"

#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"

namespace parcelwake::api {
namespace {

using testing::Answer;
using testing::DialectBench;
using wire::http::HeaderField;

struct Fronts : ::testing::Test {
  DialectBench bench;

  // Posts a number and returns meta.code.
  int code_of(const Answer& answer) {
    EXPECT_TRUE(answer.answered);
    constexpr std::string_view kBefore = R"({"meta":{"code":)";
    EXPECT_TRUE(answer.body.starts_with(kBefore)) << answer.body;
    return answer.body.starts_with(kBefore) ? std::stoi(answer.body.substr(kBefore.size())) : 0;
  }
  int ask(std::string method, std::string target, std::string body = {}) {
    return code_of(bench.ask(std::move(method), std::move(target), std::move(body)));
  }
  std::string single(std::vector<HeaderField> headers) {
    headers.push_back({"Host", host});
    return bench.ask_as_it_is("GET", "/v1/trackings/dhl/AB123", "", headers).body;
  }

  std::string host = "localhost:8080";
};

constexpr const char* kCreate = R"({"tracking_number":"AB123","carrier_code":"dhl"})";

TEST_F(Fronts, TellTheV1DialectsApartByKeyHeaderThenHost) {
  const auto& key = bench.key();
  ASSERT_EQ(ask("POST", "/v1/trackings/post", R"({"tracking_number":"AB123","carrier_code":"dhl"})"), 200);
  EXPECT_EQ(single({{"tracktry-api-key", key}}), single({{"Api-Key", key}}));
  EXPECT_NE(single({{"Api-Key", key}}).find("\"data\":[{"), std::string::npos);
  host = "api.trackru.ru:443";
  EXPECT_NE(single({{"Tracktry-Api-Key", key}}).find("\"code\":200"), std::string::npos)
      << "the header outranks the host";
  EXPECT_NE(single({}).find("\"code\":4001"), std::string::npos);
}

TEST_F(Fronts, ATracktryKeyLeavesTheCarrierToUsAndATrackruKeyDoesNot) {
  bench.room.catalogue.candidates["12345"] = {
      {.carrier = app::testing::carrier("usps"), .carrier_name = {}, .format = {}, .checksum = {}, .score = 1}};
  const std::string body = R"({"tracking_number":"12345"})";
  EXPECT_EQ(code_of(bench.ask_as_it_is("POST", "/v1/trackings/post", body, {{"Api-Key", bench.key()}})), 4015);
  EXPECT_EQ(code_of(bench.ask_as_it_is("POST", "/v1/trackings/post", body, {{"Tracktry-Api-Key", bench.key()}})), 200);
}

TEST_F(Fronts, RefuseUnknownPathsAndVerbsWithTheEnvelope) {
  for (const char* path : {"/", "/v9/carriers", "/v2", "/v2/nothing", "/v2/trackings", "/v2/trackings/a/b/c/d"}) {
    const Answer answer = bench.ask("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(code_of(answer), 404) << path;
  }
  for (const auto& [method, path] :
       std::vector<std::pair<std::string, std::string>>{{"PATCH", "/v2/trackings/dhl/AB123"},
                                                        {"POST", "/v2/carriers"},
                                                        {"GET", "/v2/trackings/post"},
                                                        {"DELETE", "/v2/trackings/batch"}}) {
    const Answer answer = bench.ask(method, path);
    EXPECT_EQ(answer.status, 405) << path;
    EXPECT_EQ(code_of(answer), 405) << path;
  }
}

TEST_F(Fronts, RefuseForTheHttpLayerInTheDialectOfThePath) {
  const auto is_v4 = [&](std::string_view path) {
    const auto page = bench.front().error_page(400, path);
    EXPECT_EQ(page.status, 400);
    EXPECT_TRUE(page.body.starts_with(R"({"meta":{"code":400,)"));
    return page.body.find("\"type\"") == std::string::npos && page.body.ends_with(R"(},"data":null})");
  };
  for (const char* path : {"/v4", "/v4/trackings/get", "//v4//x", "/%764/"}) EXPECT_TRUE(is_v4(path)) << path;
  for (const char* path : {"", "/", "*", "/v2/v4", "/v1/x", "/v4x", "/V4/x", "/healthz", "/x?/v4"}) {
    EXPECT_FALSE(is_v4(path)) << path;
  }
}

TEST_F(Fronts, RefuseForTheHttpLayerAsAFirstDialectWhoseOwnThePrefixIs) {
  bench.dialects[1].prefixes.emplace_back("v4");
  EXPECT_TRUE(bench.front().error_page(413, "/v4/trackings/get").body.ends_with(R"(},"data":[]})"));
}

TEST_F(Fronts, WantAKeyBeforeTheyLookAtTheBody) {
  EXPECT_EQ(code_of(bench.ask_as_it_is("POST", "/v2/trackings/post", "rubbish", {})), 4001);
  EXPECT_EQ(code_of(bench.ask_as_it_is("POST", "/v2/trackings/post", kCreate, {{"Trackingmore-Api-Key", "x"}})), 4001);
  EXPECT_EQ(code_of(bench.ask_as_it_is("GET", "/v2/carriers", "", {{"Tracking-Api-Key", bench.key()}})), 200);
}

TEST_F(Fronts, CreateReadUpdateAndDelete) {
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/AB123"), 4031);
  EXPECT_EQ(ask("POST", "/v2/trackings/post", kCreate), 200);
  EXPECT_EQ(ask("POST", "/v2/trackings/post", kCreate), 4016);
  EXPECT_NE(bench.ask("GET", "/v2//trackings/DHL/ab123/en/").body.find("\"data\":{\"id\""), std::string::npos);
  EXPECT_NE(bench.ask("HEAD", "/v2/trackings/dhl/AB123").body.find("\"code\":200"), std::string::npos);
  EXPECT_NE(bench.ask("PUT", "/v2/trackings/dhl/AB123", R"({"status":7})").body.find(R"("status":"7")"),
            std::string::npos);
  EXPECT_NE(bench.ask("GET", "/v2/trackings/dhl/AB123").body.find(R"("status":"exception")"), std::string::npos);
  EXPECT_EQ(ask("POST", "/v2/trackings/dhl/AB123", R"({"status":8})"), 200) << "POST is taken for PUT";
  EXPECT_EQ(ask("put", "/v2/trackings/dhl/AB123"), 200) << "an empty body changes nothing";
  EXPECT_EQ(ask("PUT", "/v2/trackings/dhl/AB123", R"({"status":5})"), 4033);
  EXPECT_EQ(ask("PUT", "/v2/trackings/dhl/AB999", R"({"title":"x"})"), 4017);
  EXPECT_EQ(ask("PUT", "/v2/trackings/nobody/AB123"), 4015);
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/A%2FB12"), 4014);
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/AB12%003"), 4014);
  EXPECT_EQ(bench.ask("DELETE", "/v2/trackings/dhl/AB123", R"({"countryCode":"RU"})").body,
            R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":[]})");
  EXPECT_EQ(ask("DELETE", "/v2/trackings/dhl/AB123"), 4017);
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/AB123"), 4031);
}

TEST_F(Fronts, ABatchTellsEachRowItsFate) {
  ask("POST", "/v2/trackings/post", kCreate);
  const Answer answer = bench.ask("POST", "/v2/trackings/batch",
                                  R"([{"tracking_number":"CD123","carrier_code":"dhl"},7,
                                      {"tracking_number":"AB123","carrier_code":"dhl"},
                                      {"tracking_number":"!","carrier_code":"dhl"},
                                      {"tracking_number":"EF123"},{"tracking_number":"cd123","carrier_code":"DHL"}])");
  EXPECT_EQ(code_of(answer), 201);
  EXPECT_NE(answer.body.find(R"("data":{"submitted":6,"added":1,"trackings":[{)"), std::string::npos);
  EXPECT_TRUE(answer.body.ends_with(
      R"("errors":[{"tracking_number":"","carrier_code":"","code":4012,)"
      R"("message":"The request could not be understood or was missing required parameters."},)"
      R"({"tracking_number":"AB123","carrier_code":"dhl","code":4016,"message":"Tracking already exists."},)"
      R"({"tracking_number":"!","carrier_code":"dhl","code":4014,"message":"The value of `tracking_number` is invalid."},)"
      R"({"tracking_number":"EF123","carrier_code":"","code":4015,"message":"The value of `carrier_code` is invalid."},)"
      R"({"tracking_number":"cd123","carrier_code":"DHL","code":4016,"message":"Tracking already exists."}]}})"))
      << answer.body;
  EXPECT_EQ(ask("POST", "/v1/trackings/batch", R"([{"tracking_number":"!","carrier_code":"dhl"}])"), 200);
  EXPECT_EQ(ask("POST", "/v2/trackings/batch", "[]"), 4012);
  std::string rows = "[{}";
  for (int i = 1; i < 41; ++i) rows += ",{}";
  EXPECT_EQ(ask("POST", "/v2/trackings/batch", rows + "]"), 4020);
}

TEST_F(Fronts, AWriteToAnotherStateThanExpectedIsAConflict) {
  ask("POST", "/v2/trackings/post", kCreate);
  const auto tag = [&] { return bench.ask("GET", "/v2/trackings/dhl/AB123").entity_tag; };
  const auto write = [&](const char* verb, const std::string& state) {
    return code_of(bench.ask(verb, "/v2/trackings/dhl/AB123", R"({"title":"x"})", {{"If-Match", state}}));
  };
  const std::string first = tag();
  EXPECT_EQ(first, "\"18df9e2b200\"");
  bench.time += std::chrono::milliseconds{1};
  EXPECT_EQ(write("PUT", first), 200);
  const std::string second = tag();
  EXPECT_NE(second, first);
  const std::string before = bench.ask("GET", "/v2/trackings/dhl/AB123").body;
  for (const std::string& state : {first, std::string("\"other\""), std::string("18df9e2b201"), std::string("\"\"")}) {
    EXPECT_EQ(write("PUT", state), 409) << state;
    EXPECT_EQ(write("POST", state), 409) << state;
    EXPECT_EQ(write("DELETE", state), 409) << state;
    EXPECT_EQ(code_of(bench.ask("POST", "/v2/trackings/update",
                                R"({"tracking_number":"AB123","carrier_code":"dhl","update_carrier_code":"usps"})",
                                {{"If-Match", state}})),
              409);
  }
  EXPECT_EQ(bench.ask("GET", "/v2/trackings/dhl/AB123").body, before);
  EXPECT_EQ(write("PUT", "*"), 200);
  EXPECT_EQ(write("PUT", first + ", W/" + second), 200) << "nothing has changed by the same title";
  EXPECT_EQ(write("DELETE", second), 200);
  EXPECT_EQ(write("DELETE", second), 4017);
}

// A tracking that has expired, with or without news, added `days` after the news.
domain::Tracking aged(const std::string& number, std::optional<int> days) {
  domain::Tracking tracking;
  tracking.number = domain::TrackingNumber::trusted(number);
  tracking.account.value = 1;
  tracking.id = domain::TrackingId::make(domain::bucket_of(tracking.account, number), app::testing::kNoon, 7);
  tracking.carrier = tracking.origin.carrier = app::testing::carrier("dhl");
  tracking.created_at = tracking.updated_at = tracking.asking_ended.emplace(app::testing::kNoon);
  tracking.computed_status = domain::Status::Expired;
  tracking.computed_substatus = domain::Substatus::Aged;
  if (!days) return tracking;
  domain::Checkpoint event = domain::examples::scan(1, 9);
  event.time.wall = WallTime{app::testing::kNoon.time_since_epoch()} - std::chrono::days{*days};
  tracking.origin.timeline.merge(std::span(&event, 1));
  return tracking;
}

TEST_F(Fronts, AgeingIsAnExceptionWhereTheDialectIsSetToIt) {
  bench.dialects[1].ageing = Ageing::Exception;
  const std::vector<domain::Tracking> all = {aged("NEVER1", {}), aged("STILL1", -3), aged("OLDER1", 3)};
  std::vector<ports::TrackingChange> changes;
  for (const domain::Tracking& tracking : all) {
    changes.push_back(
        {.before = nullptr, .after = {.tracking = tracking, .deleted = false}, .schedule = {}, .unscheduled = false});
  }
  bench.room.in_transaction([&] {
    const auto saved = bench.room.store.save(changes);
    return saved ? Result<bool, ports::StoreError>(true) : fail(saved.error());
  });
  const auto expect = [&](const char* number, const char* status, const char* substatus, const char* prefix) {
    const std::string body = bench.ask("GET", std::string(prefix) + "/trackings/dhl/" + number).body;
    EXPECT_NE(body.find(R"("status":")" + std::string(status) + "\""), std::string::npos) << body;
    EXPECT_NE(body.find(R"("substatus":")" + std::string(substatus) + R"(","origin_info")"), std::string::npos) << body;
  };
  expect("NEVER1", "exception", "exception001", "/v1");
  expect("STILL1", "exception", "exception002", "/v1");
  expect("OLDER1", "exception", "exception003", "/v1");
  expect("OLDER1", "expired", "expired001", "/v2");
  EXPECT_EQ(ask("GET", "/v1/trackings/get?status=expired"), 4031);
  EXPECT_EQ(ask("GET", "/v2/trackings/get?status=exception"), 4031);
  EXPECT_NE(bench.ask("GET", "/v1/trackings/get?status=exception").body.find(R"("total":"3")"), std::string::npos);
  EXPECT_NE(bench.ask("GET", "/v2/trackings/get?status=expired").body.find(R"("total":"3")"), std::string::npos);
  EXPECT_TRUE(bench.ask("GET", "/v1/trackings/getstatusnumber").body.ends_with(R"("exception":3,"expired":0}})"));
  EXPECT_TRUE(bench.ask("GET", "/v2/trackings/getstatusnumber").body.ends_with(R"("exception":0,"expired":3}})"));
  const std::string updated = bench.ask("PUT", "/v1/trackings/dhl/OLDER1", "{}").body;
  EXPECT_NE(updated.find(R"("status":"exception")"), std::string::npos) << updated;
}

constexpr const char* kTwoRows =
    R"([{"tracking_number":"AB123","carrier_code":"dhl","title":"x"},{"tracking_number":"ZZ999","carrier_code":"dhl"}])";

TEST_F(Fronts, AnUpdateOfManyTellsEachRowItsFate) {
  ask("POST", "/v2/trackings/post", kCreate);
  const Answer answer = bench.ask("POST", "/v2/trackings/updatemore", kTwoRows);
  EXPECT_NE(answer.body.find(R"("data":{"submitted":2,"update":1,"trackings":[{"id":)"), std::string::npos);
  EXPECT_NE(answer.body.find(R"("title":"x","destination_code":null)"), std::string::npos);
  EXPECT_TRUE(answer.body.ends_with(R"("errors":[{"tracking_number":"ZZ999","carrier_code":"dhl","code":4017,)"
                                    R"("message":"Tracking does not exist."}]}})"));
  EXPECT_NE(
      bench.ask("POST", "/v2/trackings/updatemore", R"([{"tracking_number":"AB123","carrier_code":"dhl","status":5}])")
          .body.find(
              R"("update":0,"trackings":[],"errors":[{"tracking_number":"AB123","carrier_code":"dhl","code":4033)"),
      std::string::npos);
  EXPECT_EQ(ask("POST", "/v2/trackings/updatemore", "{}"), 4012);
}

TEST_F(Fronts, ADeletionOfManyHasAMetaInEachRow) {
  ask("POST", "/v2/trackings/post", kCreate);
  const Answer answer = bench.ask("POST", "/v2/trackings/delete", kTwoRows);
  EXPECT_TRUE(answer.body.ends_with(
      R"("data":{"submitted":2,"delete":1,"trackings":[{"meta":{"code":200,"type":"Success","message":"Success"},)"
      R"("data":{"tracking_number":"AB123","carrier_code":"dhl"}},)"
      R"({"meta":{"code":4017,"type":"Bad Request","message":"Tracking does not exist."},)"
      R"("data":{"tracking_number":"ZZ999","carrier_code":"dhl"}}],"errors":[]}})"))
      << answer.body;
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/AB123"), 4031);
  std::string rows = "[{}";
  for (int i = 1; i < 41; ++i) rows += ",{}";
  EXPECT_EQ(ask("POST", "/v2/trackings/delete", rows + "]"), 4020);
}

TEST_F(Fronts, StoppedTrackingsAreUpdatedNoMore) {
  ask("POST", "/v2/trackings/post", kCreate);
  const Answer answer = bench.ask("POST", "/v2/trackings/notupdate", kTwoRows);
  EXPECT_NE(answer.body.find(R"("submitted":2,"update":1,"trackings":[{"id":)"), std::string::npos);
  EXPECT_NE(answer.body.find(R"("track_update":false}],"errors":[{"tracking_number":"ZZ999")"), std::string::npos);
  EXPECT_NE(bench.ask("GET", "/v2/trackings/dhl/AB123").body.find(R"("track_update":false)"), std::string::npos);
}

TEST_F(Fronts, ACarrierIsChanged) {
  ask("POST", "/v2/trackings/post", kCreate);
  const auto change = [&](const char* from, const char* to, const char* number = "AB123") {
    return bench.ask("POST", "/v2/trackings/update",
                     std::string(R"({"tracking_number":")") + number + R"(","carrier_code":")" + from +
                         R"(","update_carrier_code":")" + to + R"("})");
  };
  EXPECT_EQ(code_of(change("dhl", "nobody")), 4015);
  EXPECT_EQ(code_of(change("dhl", "")), 4015);
  EXPECT_EQ(code_of(change("dhl", "usps", "1")), 4014);
  EXPECT_EQ(code_of(change("usps", "dhl")), 4017);
  EXPECT_EQ(code_of(change("dhl", "dhl")), 4016);
  EXPECT_TRUE(change("dhl", "usps").body.ends_with(R"("data":{"Usertag":""}})"));
  EXPECT_EQ(ask("GET", "/v2/trackings/dhl/AB123"), 4031);
  EXPECT_EQ(ask("GET", "/v2/trackings/usps/AB123"), 200);
}

TEST_F(Fronts, AnAccountIsToldWhoItIs) {
  EXPECT_TRUE(bench.ask("GET", "/v2/trackings/getuserinfo")
                  .body.ends_with(R"("data":{"email":"a@example.com","regtime":"1709294400","phone":"+86 755 1",)"
                                  R"("money":0,"track_number":1000000000}})"));
}

TEST_F(Fronts, StatusesAreCountedWithinBoundsOfQueryAndBody) {
  ask("POST", "/v2/trackings/post", kCreate);
  const auto pending = [&](std::string verb, const std::string& query, std::string body = {}) {
    const std::string text = bench.ask(std::move(verb), "/v2/trackings/getstatusnumber" + query, std::move(body)).body;
    const auto at = text.find(R"("data":{"pending":)");
    EXPECT_NE(at, std::string::npos) << text;
    EXPECT_TRUE(text.ends_with(
        R"(,"notfound":0,"transit":0,"pickup":0,"delivered":0,"undelivered":0,"exception":0,"expired":0}})"));
    return at == std::string::npos ? '?' : text[at + 18];
  };
  EXPECT_EQ(pending("GET", ""), '1');
  EXPECT_EQ(pending("POST", "", R"({"created_at_min":"1709294400"})"), '1');
  EXPECT_EQ(pending("GET", "", R"({"created_at_min":1709294401})"), '0');
  EXPECT_EQ(pending("POST", "?created_at_min=1", R"({"created_at_min":1709294401})"), '1') << "the query wins";
  EXPECT_EQ(pending("GET", "?created_at_min=&order_created_time_max="), '1');
  EXPECT_EQ(pending("GET", "?order_created_time_min=1"), '0');
  EXPECT_EQ(ask("GET", "/v2/trackings/getstatusnumber?created_at_min=monday"), 4012);
  EXPECT_EQ(ask("POST", "/v2/trackings/getstatusnumber", "{"), 4012);
}

TEST_F(Fronts, AListHasItsTotalAsText) {
  EXPECT_EQ(ask("GET", "/v2/trackings/get"), 4031);
  ask("POST", "/v2/trackings/post", kCreate);
  const Answer answer = bench.ask("GET", "/v2/trackings/get?limit=25");
  EXPECT_NE(answer.body.find(R"("data":{"page":1,"limit":25,"total":"1","count":1,"items":[{"id")"), std::string::npos);
  EXPECT_EQ(bench.ask("POST", "/v2/trackings/get", R"({"limit":25})").body, answer.body);
  EXPECT_EQ(bench.ask("GET", "/v2/trackings/get", R"({"limit":25})").body, answer.body);
  EXPECT_EQ(ask("GET", "/v2/trackings/get?page=2"), 4031);
  EXPECT_EQ(ask("GET", "/v2/trackings/get?page=9223372036854775807&limit=2000"), 4031);
  EXPECT_EQ(ask("GET", "/v2/trackings/get?status=lost"), 4033);
}

TEST_F(Fronts, RealtimeAnswersOnceTheCarrierHas) {
  ask("POST", "/v2/trackings/realtime", R"({"carrier_code":"dhl"})");
  bench.room.gateway.script = [](const auto&) { return app::testing::failing(ports::CarrierError::UnknownNumber); };
  const Answer answer = bench.ask("POST", "/v2/trackings/realtime", kCreate);
  EXPECT_EQ(code_of(answer), 200);
  EXPECT_NE(answer.body.find(R"("data":{"items":[{"id")"), std::string::npos);
  EXPECT_NE(answer.body.find(R"("status":"notfound")"), std::string::npos);
  ask("POST", "/v2/trackings/realtime", kCreate);
  EXPECT_EQ(ask("POST", "/v2/trackings/realtime", kCreate), 429) << "the fourth within a second";
}

TEST_F(Fronts, DetectSaysWhichCarriersItMayBe) {
  EXPECT_EQ(ask("POST", "/v2/carriers/detect", "{}"), 4013);
  EXPECT_EQ(ask("POST", "/v2/carriers/detect", R"({"tracking_number":"1"})"), 4014);
  EXPECT_EQ(ask("POST", "/v2/carriers/detect", R"({"tracking_number":"12345"})"), 4032);
  bench.room.catalogue.candidates["12345"] = {
      {.carrier = app::testing::carrier("usps"), .carrier_name = "USPS", .format = {}, .checksum = false, .score = 1}};
  const std::string expected = R"("data":[{"name":"USPS","code":"usps"}])";
  EXPECT_NE(bench.ask("GET", "/v2/carriers/detect", R"({"tracking_number":"12345"})").body.find(expected),
            std::string::npos);
}

TEST_F(Fronts, AStoreInTroubleIs503) {
  bench.write_error = ports::StoreError::Busy;
  const Answer answer = bench.ask("POST", "/v2/trackings/post", kCreate);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(code_of(answer), 503);
}

TEST_F(Fronts, HealthAndIconsNeedNoKey) {
  EXPECT_EQ(bench.ask_as_it_is("GET", "/healthz", "", {}).body, R"({"status":"ok"})");
  bench.ready = false;
  EXPECT_EQ(bench.ask_as_it_is("GET", "/healthz", "", {}).status, 200);
  EXPECT_EQ(bench.ask_as_it_is("GET", "/readyz", "", {}).status, 503);
  EXPECT_TRUE(bench.ask_as_it_is("GET", "/icons/dhl.svg", "", {}).body.starts_with("<svg"));
  EXPECT_EQ(bench.ask_as_it_is("GET", "/icons/nobody.svg", "", {}).status, 404);
}

}  // namespace
}  // namespace parcelwake::api
