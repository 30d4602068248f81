#include "wire/http/client/retry_after.h"

#include <gtest/gtest.h>

namespace parcelwake::wire::http {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow = from_unix_seconds(784'111'777);  // Sun, 06 Nov 1994 08:49:37 GMT

TEST(RetryAfter, ReadsBothForms) {
  EXPECT_EQ(parse_retry_after("120", kNow), 120s);
  EXPECT_EQ(parse_retry_after(" 0 ", kNow), 0s);
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:50:07 GMT", kNow), 30s);
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:00 GMT", kNow), 0s);
}

TEST(RetryAfter, NothingWaitsLongerThanADay) {
  EXPECT_EQ(parse_retry_after("99999999", kNow), 24h);
  EXPECT_EQ(parse_retry_after("99999999999999999999", kNow), 24h);
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 2094 08:50:07 GMT", kNow), 24h);
}

TEST(RetryAfter, OtherTextsSayNothing) {
  for (const char* text : {"", "soon", "-5", "1.5", "Sun, 31 Feb 1994 08:50:07 GMT", "Sun, 06 Nov 1994 08:50:07 CET",
                           "Sun, xx Nov 1994 08:50:07 GMT"}) {
    EXPECT_FALSE(parse_retry_after(text, kNow)) << text;
  }
}

}  // namespace
}  // namespace parcelwake::wire::http
