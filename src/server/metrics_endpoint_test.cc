#include "server/metrics_endpoint.h"

#include <gtest/gtest.h>

#include <vector>

namespace parcelwake::server {
namespace {

using wire::http::HeaderField;

int status_of(const MetricsAccess& access, std::string_view address, const std::vector<HeaderField>& headers = {},
              std::string_view method = "GET") {
  const MetricsEndpoint endpoint(access, [] { return std::string("page"); });
  wire::http::Request request;
  request.method = method;
  request.client_address = address;
  request.headers = headers;
  return endpoint.answer(request).status;
}

TEST(MetricsEndpoint, IsByDefaultForThisMachineAlone) {
  EXPECT_EQ(status_of({}, "127.0.0.1"), 200);
  EXPECT_EQ(status_of({}, "127.8.8.8"), 200);
  EXPECT_EQ(status_of({}, "::1"), 200);
  EXPECT_EQ(status_of({}, "192.0.2.7"), 404);
  EXPECT_EQ(status_of({}, "2001:db8::7"), 404);
  EXPECT_EQ(status_of({}, ""), 404);
}

TEST(MetricsEndpoint, AProxyOnThisMachineSpeaksForOthers) {
  for (const char* name : {"X-Forwarded-For", "x-forwarded-for", "Forwarded", "Via", "X-Real-IP"}) {
    EXPECT_EQ(status_of({}, "127.0.0.1", {{name, "192.0.2.7"}}), 404) << name;
  }
}

TEST(MetricsEndpoint, ATokenIsAskedOfEverybody) {
  const MetricsAccess access{.token = "secret"};
  EXPECT_EQ(status_of(access, "127.0.0.1"), 401);
  EXPECT_EQ(status_of(access, "192.0.2.7", {{"Authorization", "Bearer secret"}}), 200);
  EXPECT_EQ(status_of(access, "192.0.2.7", {{"authorization", "bearer secret"}, {"X-Forwarded-For", "x"}}), 200);
  for (const char* wrong : {"", "secret", "Bearer ", "Bearer secre", "Bearer secrets", "Basic secret"}) {
    EXPECT_EQ(status_of(access, "127.0.0.1", {{"Authorization", wrong}}), 401) << wrong;
  }
}

TEST(MetricsEndpoint, AListenerOfItsOwnIsForWhoReachesIt) {
  EXPECT_EQ(status_of({.from_afar = true}, "192.0.2.7"), 200);
  EXPECT_EQ(status_of({.from_afar = true}, "192.0.2.7", {}, "HEAD"), 200);
  EXPECT_EQ(status_of({.from_afar = true}, "192.0.2.7", {}, "POST"), 405);
  EXPECT_EQ(status_of({.token = "t", .from_afar = true}, "192.0.2.7"), 401);
}

}  // namespace
}  // namespace parcelwake::server
