#include "api/common/waybill_routes.h"

#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"

namespace parcelwake::api {
namespace {

using app::testing::standing_at;
using testing::DialectBench;

domain::EventTime at(int hour, int minute) {
  domain::EventTime time;
  time.wall = WallTime{std::chrono::local_days{std::chrono::year{2024} / 5 / 1}} + std::chrono::hours{hour} +
              std::chrono::minutes{minute};
  time.precision = domain::Precision::Minute;
  return time;
}

struct Aircargo : ::testing::Test {
  DialectBench bench;

  Aircargo() {
    bench.airlines.script = [](const auto&) { return standing_at("RCS"); };
  }
  std::string body(const std::string& request, const std::string& prefix = "/v2") {
    const auto answer = bench.ask("POST", prefix + "/trackings/aircargo", request);
    EXPECT_TRUE(answer.answered);
    EXPECT_EQ(answer.status, 200);
    return answer.body;
  }
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
};

TEST_F(Aircargo, ASingleNumberIsKeyedWithItsHyphen) {
  bench.airlines.script = [](const auto&) {
    ports::AirlineReport report;
    domain::AirShipment& shipment = report.shipment;
    shipment.weight = "612 kg";
    shipment.pieces = 3;
    shipment.origin = "HKG";
    shipment.destination = "LUX";
    shipment.status_number = 4;
    shipment.flights = {{"CV7301", "HKG", "LUX", at(10, 0), at(10, 12), at(18, 0), {}}};
    shipment.events = {{{}, at(10, 12), "Departed", "HKG", "CV7301", "DEP", "3", "612"}};
    domain::complete(shipment);
    return report;
  };
  EXPECT_EQ(
      body(R"({"track_number":"17200000033"})"),
      R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":{"172-00000033":{"return_data":{)"
      R"("weight":"612 kg","piece":3,"origin":"HKG","destination":"LUX","status_number":4,"last_event":"Departed",)"
      R"("flight_way_station":["HKG","LUX"],"flight_info":{"CV7301":{"depart_station":"HKG","arrival_station":"LUX",)"
      R"("plan_depart_time":"2024-05-01 10:00","depart_time":"2024-05-01 10:12",)"
      R"("plan_arrival_time":"2024-05-01 18:00","arrival_time":""}},)"
      R"("track_info":[{"plan_date":"","actual_date":"2024-05-01 10:12","event":"Departed","station":"HKG",)"
      R"("flight_number":"CV7301","status":"DEP","piece":"3","weight":"612"}]},)"
      R"("airline_info":{"name":"Cargolux","url":"https://cargolux.example/",)"
      R"("track_url":"https://cargolux.example/track"}}}})");
}

TEST_F(Aircargo, AnArrayIsAnsweredUnderEachNumberOnce) {
  const auto answer = body(R"({"track_number":["172-00000033","020 00000011","17200000033"],"lang":"en"})");
  EXPECT_EQ(bench.airlines.asked, 2U);
  EXPECT_TRUE(has(answer, R"("data":{"172-00000033":{"return_data":{)"));
  EXPECT_TRUE(has(answer, R"(,"020-00000011":{"return_data":{)"));
}

TEST_F(Aircargo, TheV1DialectsServeItToo) {
  EXPECT_TRUE(has(body(R"({"track_number":17200000033})", "/v1"), R"("data":{"172-00000033":)"));
}

TEST_F(Aircargo, EachMistakeHasItsCode) {
  const auto code = [this](const std::string& request) {
    const std::string answer = body(request);
    EXPECT_TRUE(has(answer, R"("data":[])")) << answer;
    return answer.substr(answer.find("code\":") + 6, 4);
  };
  EXPECT_EQ(code("{}"), "4013");
  EXPECT_EQ(code(R"({"track_number":""})"), "4013");
  EXPECT_EQ(code(R"({"track_number":null})"), "4013");
  EXPECT_EQ(code(R"({"track_number":[]})"), "4013");
  EXPECT_EQ(code(R"({"track_number":"172-00000034"})"), "4014");
  EXPECT_EQ(code(R"({"track_number":["x"]})"), "4014");
  EXPECT_EQ(code(R"({"track_number":"173-00000033"})"), "4032");
  EXPECT_EQ(code(R"({"track_number":{"a":1}})"), "4012");
  EXPECT_EQ(code(R"({"track_number":[["172-00000033"]]})"), "4012");
  EXPECT_EQ(code(R"({"track_number":[null]})"), "4012");
  EXPECT_EQ(code("[]"), "4012");
  std::string many = R"({"track_number":["172-00000033")";
  for (int i = 0; i < 40; ++i) many += R"(,"172-00000033")";
  EXPECT_EQ(code(many + "]}"), "4020");
  EXPECT_EQ(bench.airlines.asked, 0U);
  EXPECT_TRUE(has(bench.ask("GET", "/v2/trackings/aircargo").body, "405"));
}

TEST_F(Aircargo, OneBadNumberHarmsNoOther) {
  const auto answer = body(R"({"track_number":["17\"2","172-00000033","999-00000000"]})");
  EXPECT_TRUE(has(answer, R"("172-00000033":{"return_data":{)"));
  EXPECT_TRUE(
      has(answer, R"("17\"2":{"return_data":null,"airline_info":{"name":"","url":"","track_url":""},"code":4014)"));
  EXPECT_TRUE(has(answer, R"("999-00000000":{"return_data":null,)"));
  EXPECT_TRUE(has(answer, R"("code":4032)"));
}

TEST_F(Aircargo, WithoutDataTheKeyStaysAndTheDataIsNull) {
  bench.airlines.unreachable = {"172"};
  const auto answer = body(R"({"track_number":"172-00000033"})");
  EXPECT_TRUE(has(answer, R"("data":{"172-00000033":{"return_data":null,"airline_info":{"name":"Cargolux",)"));
  bench.airlines.unreachable.clear();
  bench.airlines.script = [](const auto&) -> ports::AirlineAnswer {
    return fail(ports::CarrierFailure{ports::CarrierError::UnknownNumber, "", {}});
  };
  EXPECT_TRUE(has(body(R"({"track_number":"172-00000033"})"), R"("172-00000033":{"return_data":null,)"));
}

TEST_F(Aircargo, OneFlightNumberOverTwoLegsHasTwoKeys) {
  bench.airlines.script = [](const auto&) {
    ports::AirlineReport report;
    report.shipment.flights = {{"CV7301", "HKG", "GYD", at(1, 0), {}, {}, {}},
                               {"CV7301", "GYD", "LUX", at(9, 0), {}, {}, {}}};
    return report;
  };
  const auto answer = body(R"({"track_number":"172-00000033"})");
  EXPECT_TRUE(has(answer, R"("flight_info":{"CV7301":{)"));
  EXPECT_TRUE(has(answer, R"("CV7301 GYD-LUX":{)"));
}

TEST_F(Aircargo, TheAnswerComesWhenTheAirlineHasSpoken) {
  bench.airlines.script = nullptr;
  EXPECT_FALSE(bench.ask("POST", "/v2/trackings/aircargo", R"({"track_number":"172-00000033"})").answered);
  ASSERT_EQ(bench.airlines.open.size(), 1U);
  bench.airlines.open[0].answer(standing_at("RCS"));
}

}  // namespace
}  // namespace parcelwake::api
