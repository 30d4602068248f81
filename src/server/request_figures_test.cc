#include "server/request_figures.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "server/request_log.h"

namespace parcelwake::server {
namespace {

using wire::http::Label;
using wire::http::Observed;

constexpr Label kGetOne{.group = "trackingmore-v2", .route = "trackings", .subroute = "{carrier}/{number}"};

Observed observed(std::string_view method, const Label& label, int status) {
  return {.method = method,
          .label = label,
          .status = status,
          .body = "",
          .request_id = "",
          .duration = std::chrono::microseconds{70}};
}

std::string page_of(const RequestFigures& figures) {
  metrics::Page page;
  figures.write(page);
  return page.text();
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

constexpr const char* kOfOne =
    R"(parcelwake_http_requests_total{dialect="trackingmore-v2",route="trackings/{carrier}/{number}",)";

TEST(RequestFigures, AreByDialectRouteMethodStatusAndCode) {
  RequestFigures figures;
  for (int i = 0; i < 3; ++i) figures.note(observed("GET", kGetOne, 200), 200);
  figures.note(observed("GET", kGetOne, 200), 4031);
  figures.note(observed("DELETE", kGetOne, 503), 503);
  const std::string text = page_of(figures);
  EXPECT_TRUE(has_line(text, std::string(kOfOne) + R"(method="GET",status="200",code="200"} 3)")) << text;
  EXPECT_TRUE(has_line(text, std::string(kOfOne) + R"(method="GET",status="200",code="4031"} 1)")) << text;
  EXPECT_TRUE(has_line(text, std::string(kOfOne) + R"(method="DELETE",status="503",code="503"} 1)")) << text;
  EXPECT_NE(text.find(R"(method="GET",le="5e-05"} 0)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(method="GET",le="0.0001"} 4)"), std::string::npos) << text;
}

TEST(RequestFigures, WhatAClientMakesUpGetsNoSeries) {
  RequestFigures figures;
  for (int i = 0; i < 1000; ++i) {
    const std::string method = "M" + std::to_string(i);
    figures.note(observed(method, {}, 404), i);
  }
  const std::string text = page_of(figures);
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 80);
  const bool has_others =
      text.find(R"x(dialect="(none)",route="(none)",method="other",status="other",code="other"})x") !=
      std::string::npos;
  EXPECT_TRUE(has_others) << text;
}

TEST(RequestFigures, EqualTextsThatLieApartAreOneSeries) {
  RequestFigures figures;
  const std::string copy(kGetOne.route);
  figures.note(observed("GET", kGetOne, 200), 200);
  figures.note(observed("GET", {.group = kGetOne.group, .route = copy, .subroute = kGetOne.subroute}, 200), 200);
  EXPECT_TRUE(has_line(page_of(figures), std::string(kOfOne) + R"(method="GET",status="200",code="200"} 2)"));
}

TEST(RequestFigures, LoseNothingBetweenThreads) {
  RequestFigures figures;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 5000; ++n) figures.note(observed("GET", kGetOne, 200), n % 8);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(has_line(page_of(figures), std::string(kOfOne) + R"(method="GET",status="200",code="7"} 2500)"));
}

TEST(RequestLog, UsualAnswersAreNoErrors) {
  for (const int code : {0, 200, 201, 202, 4016, 4017, 4031, 4032}) EXPECT_FALSE(is_error(200, code)) << code;
  for (const int code : {429, 4001, 4014, 4021, 503}) EXPECT_TRUE(is_error(200, code)) << code;
  EXPECT_TRUE(is_error(404, 404));
  EXPECT_TRUE(is_error(400, 0));
}

}  // namespace
}  // namespace parcelwake::server
