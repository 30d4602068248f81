#include "api/trackingmore_v4/moment.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::examples::utc;
using std::chrono::hours;
using std::chrono::seconds;

constexpr UtcOffset kBeijing{hours{8}};

TEST(Moments, AreReadInEveryFormThatClientsWrite) {
  const Timestamp six = utc(2023, 8, 23, 6);
  for (const char* text : {"2023-08-23T06:00:00+00:00", "2023-08-23T06:00:00 00:00", "2023-08-23T06:00:00Z",
                           "2023-08-23 14:00:00", "2023-08-23T01:00:00-0500", "2023/08/23 14:00", " 1692770400 ",
                           "2023-08-23T14:00:00.123456", "2023-08-23t06:00:00.000Z"}) {
    const auto moment = parse_moment(text, kBeijing);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->begin, six) << text;
  }
}

TEST(Moments, LastAsLongAsTheyAreVague) {
  EXPECT_EQ(parse_moment("2023-08-23", kBeijing)->begin, utc(2023, 8, 22, 16));
  EXPECT_EQ(parse_moment("2023-08-23", {})->last(), utc(2023, 8, 24) - std::chrono::milliseconds{1});
  EXPECT_EQ(parse_moment("2023-08-23T06:00Z", {})->length, seconds{60});
  EXPECT_EQ(parse_moment("2023-08-23T06:00:00Z", {})->length, seconds{1});
}

TEST(Moments, AreNotGuessed) {
  for (const char* text :
       {"", "yesterday", "2023-02-30", "2023-13-01", "2023-08-23T", "2023-08-23T24:00:00", "2023-08-23T06:00:61",
        "2023-08-23T06:00:00+25:00", "2023-08-23T06:00:00 UTC", "2023-08-23X06:00", "2023-8-23", "20230823", "17",
        "1969-12-31", "2023-08-23T06:00:00+00:00x"}) {
    EXPECT_FALSE(parse_moment(text, kBeijing)) << text;
  }
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
