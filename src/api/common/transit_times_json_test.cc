#include "api/common/transit_times_json.h"

#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"

namespace parcelwake::api {
namespace {

struct CostTime : ::testing::Test {
  testing::DialectBench bench;

  std::string answer(std::string body) { return bench.ask("POST", "/v2/trackings/costtime", std::move(body)).body; }
};

TEST_F(CostTime, TellsARowForEachRouteInTheRequestsOrder) {
  const std::string body = answer(R"([{"carrier_code":"dhl","original":"us","destination":"Philippines"},)"
                                  R"({"carrier_code":"USPS","original":"US","destination":"DE"}])");
  EXPECT_EQ(body, R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":[)"
                  R"({"carrier_code":"dhl","original":"US","destination":"PH","total":0,"delivered":0,)"
                  R"("range1":0,"range3":0,"range4":0,"range5":0,"range6":0},)"
                  R"({"carrier_code":"usps","original":"US","destination":"DE","total":0,"delivered":0,)"
                  R"("range1":0,"range3":0,"range4":0,"range5":0,"range6":0}]})");
}

TEST_F(CostTime, RefusesWhatLacksAFieldOrNamesNobody) {
  const auto code = [&](std::string body) { return answer(std::move(body)).substr(16, 4); };
  EXPECT_EQ(code(R"([{"original":"US","destination":"DE"}])"), "4015");
  EXPECT_EQ(code(R"([{"carrier_code":"nobody","original":"US","destination":"DE"}])"), "4015");
  EXPECT_EQ(code(R"([{"carrier_code":"dhl","destination":"DE"}])"), "4012");
  EXPECT_EQ(code(R"([{"carrier_code":"dhl","original":"Atlantis","destination":"DE"}])"), "4012");
  EXPECT_EQ(code(R"([{"carrier_code":"dhl","original":["US"],"destination":"DE"}])"), "4012");
  EXPECT_EQ(code(R"([1])"), "4012");
  EXPECT_EQ(code(R"([])"), "4012");
  EXPECT_EQ(code(R"({"carrier_code":"dhl","original":"US","destination":"DE"})"), "4012");
  std::string many = R"([{"carrier_code":"dhl","original":"US","destination":"DE"})";
  for (int i = 1; i < 41; ++i) many += R"(,{"carrier_code":"dhl","original":"US","destination":"DE"})";
  EXPECT_EQ(code(many + "]"), "4020");
}

TEST(TransitTimesJson, SharesStandInTheirRanges) {
  const domain::Route route{app::testing::carrier("dhl"), "CN", "US"};
  const domain::TransitTimes times{
      .total = 11, .delivered = 8, .by_days = {{0, 1}, {7, 1}, {8, 1}, {15, 1}, {16, 1}, {31, 1}, {60, 1}, {61, 1}}};
  std::string text;
  wire::json::Writer writer(text);
  write_transit_times(writer, std::span(&route, 1), std::span(&times, 1));
  EXPECT_EQ(text, R"([{"carrier_code":"dhl","original":"CN","destination":"US","total":11,"delivered":8,)"
                  R"("range1":0.25,"range3":0.25,"range4":0.125,"range5":0.25,"range6":0.125}])");
}

}  // namespace
}  // namespace parcelwake::api
