#include "api/trackingmore_v4/meta.h"

#include <gtest/gtest.h>

namespace parcelwake::api::trackingmore_v4 {
namespace {

TEST(V4ErrorPage, KeepsTheStatusAndSaysItOnceMore) {
  for (const int status : {400, 404, 405, 413, 414, 431, 503, 505}) {
    const auto page = http_error_page(status);
    EXPECT_EQ(page.status, status);
    EXPECT_TRUE(page.body.starts_with(R"({"meta":{"code":)" + std::to_string(status) + R"(,"message":")")) << page.body;
    EXPECT_TRUE(page.body.ends_with(R"("},"data":null})")) << page.body;
  }
}

TEST(V4ErrorPage, TakesTheNearestCodeForStatusesThatHaveNone) {
  for (const auto& [status, code] : {std::pair{408, 400}, {417, 400}, {500, 511}, {501, 511}}) {
    const auto page = http_error_page(status);
    EXPECT_EQ(page.status, status);
    EXPECT_TRUE(page.body.starts_with(R"({"meta":{"code":)" + std::to_string(code) + ",")) << page.body;
  }
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
