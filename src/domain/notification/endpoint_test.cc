#include "domain/notification/endpoint.h"

#include <gtest/gtest.h>

#include "domain/notification/notice.h"
#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

TEST(EndpointUrl, IsHttpWithAHost) {
  for (const char* url : {"http://a", "https://example.org/hook?key=1#x", "HTTPS://user:secret@[::1]:8443/",
                          "http://127.0.0.1:80", "https://xn--bcher-kva.example/"}) {
    EXPECT_TRUE(is_endpoint_url(url)) << url;
  }
  for (const char* url : {"", "example.org", "ftp://example.org/", "http://", "http:///x", "https://?a", "http://:80/",
                          "http://user@/", "http://a b/", "http://a/\r\nX: y",
                          "http://b\xc3\xbc"
                          "cher/"}) {
    EXPECT_FALSE(is_endpoint_url(url)) << url;
  }
  EXPECT_TRUE(is_endpoint_url("http://a/" + std::string(2039, 'x')));
  EXPECT_FALSE(is_endpoint_url("http://a/" + std::string(2040, 'x')));
}

TEST(Endpoint, WithoutChosenStatusesItWantsAll) {
  Endpoint endpoint;
  EXPECT_TRUE(endpoint.wants(Status::Transit));
  endpoint.statuses.insert(Status::Delivered);
  EXPECT_FALSE(endpoint.wants(Status::Transit));
  EXPECT_TRUE(endpoint.wants(Status::Delivered));
}

TEST(Endpoint, FailingCountsFromTheFirstFailure) {
  const Timestamp noon = examples::utc(2024, 3, 1, 12);
  Endpoint endpoint;
  note_failure(endpoint, "500", noon);
  note_failure(endpoint, "502", noon + std::chrono::hours{1});
  EXPECT_EQ(endpoint.failing_since, noon);
  EXPECT_EQ(endpoint.last_outcome, "502");
  endpoint.disabled = Disabled::Failing;
  enable(endpoint);
  EXPECT_TRUE(endpoint.enabled());
  EXPECT_FALSE(endpoint.failing_since);
}

TEST(EndpointSecret, IsShownAsStandardWebhooksWritesIt) {
  EndpointSecret secret{};
  secret[0] = 0xff;
  EXPECT_EQ(to_string(secret), "whsec_/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
}

TEST(Notice, HasANameOfItsOwn) {
  const Notice first{.tracking = examples::registered(), .changed_at = {}, .sequence = 1};
  Notice second = first;
  second.sequence = 2;
  EXPECT_EQ(name_of(first), "msg_" + first.tracking.id.hex() + "_1");
  EXPECT_NE(name_of(first), name_of(second));
}

}  // namespace
}  // namespace parcelwake::domain
