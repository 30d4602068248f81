#include "api/common/remote_areas_json.h"

#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"

namespace parcelwake::api {
namespace {

struct Remote : ::testing::Test {
  testing::DialectBench bench;

  Remote() {
    domain::RemoteAreaListBuilder builder;
    EXPECT_TRUE(builder.add_postcodes("US", "99501", "99524"));
    EXPECT_TRUE(builder.add_city("PH", "Batanes"));
    domain::RemoteAreaList list = std::move(builder).build();
    list.carrier = app::testing::carrier("dhl");
    EXPECT_TRUE(bench.remote_areas.replace(std::span(&list, 1), [](std::size_t) {}));
  }
  std::string answer(std::string body) { return bench.ask("POST", "/v2/trackings/remote", std::move(body)).body; }
};

TEST_F(Remote, TellsARowForEachCarrierAndWhatMatchedNothing) {
  EXPECT_EQ(
      answer(R"([{"country":"us","postcode":99501},{"country":"Philippines","postcode":" batanes ","company":"Dhl"},)"
             R"({"country":"US","postcode":"99525"},{"country":"US","postcode":"99501","company":"UPS"}])"),
      R"({"meta":{"code":200,"type":"Success","message":"The request was successful."},"data":{"submitted":4,)"
      R"("other":[{"country":"US","postcode":"99525"},{"country":"US","postcode":"99501","company":"UPS"}],)"
      R"("remote":[{"far_express_company":"dhl","two_code":"US","far_country":"United States",)"
      R"("far_city_postcode":"99501"},{"far_express_company":"dhl","two_code":"PH","far_country":"Philippines",)"
      R"("far_city_postcode":"batanes"}]}})");
}

TEST_F(Remote, RefusesWhatLacksAField) {
  const auto code = [&](std::string body) { return answer(std::move(body)).substr(16, 4); };
  EXPECT_EQ(code(R"([{"country":"US"}])"), "4012");
  EXPECT_EQ(code(R"([{"postcode":"99501"}])"), "4012");
  EXPECT_EQ(code(R"([{"country":"US","postcode":"99501"},{"country":"US","postcode":{"a":1}}])"), "4012");
  EXPECT_EQ(code(R"({"country":"US","postcode":"99501"})"), "4012");
  EXPECT_EQ(code(R"([])"), "4012");
  EXPECT_EQ(code("country=US&postcode=99501"), "4012");
  std::string many = R"([{"country":"US","postcode":"1"})";
  for (int i = 1; i < 41; ++i) many += R"(,{"country":"US","postcode":"1"})";
  EXPECT_EQ(code(many + "]"), "4020");
}

}  // namespace
}  // namespace parcelwake::api
