#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using testing::DialectBench;

constexpr std::string_view kSuccess = R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":)";

// Rows of lists are kept as they were written. Whatever happened in between, each has to read as the tracking does when
// it is asked for alone, which is never kept.
struct RowsOfLists : ::testing::Test {
  DialectBench bench;

  void SetUp() override { answer_with({}); }

  void answer_with(std::vector<domain::Checkpoint> checkpoints) {
    bench.room.gateway.script = [checkpoints](const ports::CarrierQuestion&) -> ports::CarrierAnswer {
      domain::CarrierReport report;
      report.checkpoints = checkpoints;
      return report;
    };
  }
  void post(const std::string& route, const std::string& body) {
    const auto answer = bench.ask("POST", "/v2/trackings/" + route, body);
    ASSERT_NE(answer.body.find("\"code\":20"), std::string::npos) << route << body << answer.body;
  }
  void put(const std::string& body) {
    const auto answer = bench.ask("PUT", "/v2/trackings/dhl/AB123", body);
    ASSERT_TRUE(answer.body.starts_with(kSuccess)) << answer.body;
  }
  void ask_carrier() {
    bench.time += std::chrono::hours{3};
    post("realtime", kParcel);
  }

  std::string single(const std::string& path) {
    std::string body = bench.ask("GET", path).body;
    EXPECT_TRUE(body.starts_with(kSuccess)) << body;
    body = body.substr(kSuccess.size());
    body.pop_back();
    if (body.starts_with('[')) body = body.substr(1, body.size() - 2);
    return body;
  }
  void expect_that_lists_tell_the_same(const char* after) {
    for (const std::string dialect : {"/v2", "/v1"}) {
      const std::string row = single(dialect + "/trackings/dhl/AB123");
      for (int time = 0; time < 2; ++time) {
        const std::string list = bench.ask("GET", dialect + "/trackings/get").body;
        EXPECT_NE(list.find(row), std::string::npos) << after << "\nalone: " << row << "\nlist: " << list;
      }
    }
  }

  static constexpr const char* kParcel = R"({"tracking_number":"AB123","carrier_code":"dhl"})";
};

TEST_F(RowsOfLists, ReadAsTheTrackingAloneAfterEveryKindOfChange) {
  post("post", kParcel);
  post("post", R"({"tracking_number":"CD456","carrier_code":"dhl"})");
  expect_that_lists_tell_the_same("creating");
  put(R"({"title":"shoes"})");
  expect_that_lists_tell_the_same("a change of details");
  put(R"({"title":"boots"})");
  expect_that_lists_tell_the_same("another in the same millisecond");
  put(R"({"archived":"true"})");
  expect_that_lists_tell_the_same("archiving");
  put(R"({"status":7})");
  expect_that_lists_tell_the_same("a status set by hand");
  put(R"({"status":8})");
  expect_that_lists_tell_the_same("and taken back");
  ask_carrier();
  expect_that_lists_tell_the_same("an answer without events");
  answer_with({domain::examples::scan(1, 8)});
  ask_carrier();
  expect_that_lists_tell_the_same("a first event");
  for (int quarter = 0; quarter < 9; ++quarter) {
    bench.time += std::chrono::hours{6};
    expect_that_lists_tell_the_same("a quarter of a day");
  }
  post("notupdate", std::string("[") + kParcel + "]");
  expect_that_lists_tell_the_same("an end of asking");
  bench.time += std::chrono::days{2};
  expect_that_lists_tell_the_same("two days in which nobody asked");
  ask_carrier();
  expect_that_lists_tell_the_same("an ask by request");
  answer_with({domain::examples::scan(1, 8), domain::examples::scan_reading(2, 9, domain::examples::kDelivered)});
  ask_carrier();
  expect_that_lists_tell_the_same("delivery");
  bench.time += std::chrono::days{3};
  ask_carrier();
  expect_that_lists_tell_the_same("an ask days after delivery");
}

TEST_F(RowsOfLists, ReadAsTheTrackingAloneWhenItIsAnotherOneUnderTheSameNumber) {
  post("post", kParcel);
  expect_that_lists_tell_the_same("creating");
  post("update", R"({"tracking_number":"AB123","carrier_code":"dhl","update_carrier_code":"usps"})");
  EXPECT_NE(bench.ask("GET", "/v2/trackings/get").body.find(R"("carrier_code":"usps")"), std::string::npos);
  post("update", R"({"tracking_number":"AB123","carrier_code":"usps","update_carrier_code":"dhl"})");
  expect_that_lists_tell_the_same("a change of carrier and back");
  post("delete", std::string("[") + kParcel + "]");
  EXPECT_EQ(bench.ask("GET", "/v2/trackings/get").body.find("AB123"), std::string::npos);
  post("post", kParcel);
  expect_that_lists_tell_the_same("deleting and adding again");
}

}  // namespace
}  // namespace parcelwake::api
