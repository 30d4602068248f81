#include <gtest/gtest.h>

#include "api/testing/dialect_bench.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using testing::DialectBench;

constexpr std::string_view kSuccess = R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":)";

// Trackings are kept as they were written into answers. Whatever happened in between, each has to read as it does where
// nothing is kept, in lists and alone.
struct KeptRows : ::testing::Test {
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
  void expect_the_same_as_written_anew(const char* after) {
    for (const std::string dialect : {"/v2", "/v1"}) {
      const std::string path = dialect + "/trackings/dhl/AB123";
      bench.keeps_rows = false;
      const std::string row = single(path);
      const std::string tag = bench.ask("GET", path).entity_tag;
      bench.keeps_rows = true;
      const auto expect_listed = [&] {
        const std::string list = bench.ask("GET", dialect + "/trackings/get").body;
        EXPECT_NE(list.find(row), std::string::npos) << after << "\nalone: " << row << "\nlist: " << list;
      };
      if (dialect == "/v2") expect_listed();  // in one dialect a list writes it first, in the other a single answer
      for (int time = 0; time < 2; ++time) {
        EXPECT_EQ(single(path), row) << after;
        EXPECT_EQ(bench.ask("GET", path).entity_tag, tag) << after;
        expect_listed();
      }
    }
  }

  static constexpr const char* kParcel = R"({"tracking_number":"AB123","carrier_code":"dhl"})";
};

TEST_F(KeptRows, ReadAsWrittenAnewAfterEveryKindOfChange) {
  post("post", kParcel);
  post("post", R"({"tracking_number":"CD456","carrier_code":"dhl"})");
  expect_the_same_as_written_anew("creating");
  put(R"({"title":"shoes"})");
  expect_the_same_as_written_anew("a change of details");
  put(R"({"title":"boots"})");
  expect_the_same_as_written_anew("another in the same millisecond");
  put(R"({"archived":"true"})");
  expect_the_same_as_written_anew("archiving");
  put(R"({"status":7})");
  expect_the_same_as_written_anew("a status set by hand");
  put(R"({"status":8})");
  expect_the_same_as_written_anew("and taken back");
  ask_carrier();
  expect_the_same_as_written_anew("an answer without events");
  answer_with({domain::examples::scan(1, 8)});
  ask_carrier();
  expect_the_same_as_written_anew("a first event");
  for (int quarter = 0; quarter < 9; ++quarter) {
    bench.time += std::chrono::hours{6};
    expect_the_same_as_written_anew("a quarter of a day");
  }
  post("notupdate", std::string("[") + kParcel + "]");
  expect_the_same_as_written_anew("an end of asking");
  bench.time += std::chrono::days{2};
  expect_the_same_as_written_anew("two days in which nobody asked");
  ask_carrier();
  expect_the_same_as_written_anew("an ask by request");
  answer_with({domain::examples::scan(1, 8), domain::examples::scan_reading(2, 9, domain::examples::kDelivered)});
  ask_carrier();
  expect_the_same_as_written_anew("delivery");
  bench.time += std::chrono::days{3};
  ask_carrier();
  expect_the_same_as_written_anew("an ask days after delivery");
}

TEST_F(KeptRows, ReadAsWrittenAnewWhenItIsAnotherOneUnderTheSameNumber) {
  post("post", kParcel);
  expect_the_same_as_written_anew("creating");
  post("update", R"({"tracking_number":"AB123","carrier_code":"dhl","update_carrier_code":"usps"})");
  EXPECT_NE(bench.ask("GET", "/v2/trackings/get").body.find(R"("carrier_code":"usps")"), std::string::npos);
  post("update", R"({"tracking_number":"AB123","carrier_code":"usps","update_carrier_code":"dhl"})");
  expect_the_same_as_written_anew("a change of carrier and back");
  post("delete", std::string("[") + kParcel + "]");
  EXPECT_EQ(bench.ask("GET", "/v2/trackings/get").body.find("AB123"), std::string::npos);
  post("post", kParcel);
  expect_the_same_as_written_anew("deleting and adding again");
  post("delete", std::string("[") + kParcel + "]");
  post("post", R"({"tracking_number":"AB123","carrier_code":"dhl","title":"another"})");
  expect_the_same_as_written_anew("the same with another title, all in one millisecond");
}

}  // namespace
}  // namespace parcelwake::api
