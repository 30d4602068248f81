#include "domain/tracking/tracking_id.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

// The stores' keys hang on these: they may never change.
TEST(BucketOf, IsTheDigestOfAccountAndNumber) {
  // sha256("1\0RB123456785DE") begins with the bytes 00 e9.
  EXPECT_EQ(bucket_of(AccountId{1}, "RB123456785DE"), 0x00E9);
  EXPECT_NE(bucket_of(AccountId{1}, "RB123456785DE"), bucket_of(AccountId{2}, "RB123456785DE"));
  EXPECT_NE(bucket_of(AccountId{1}, "1RB123456785DE"), bucket_of(AccountId{11}, "RB123456785DE"));
}

TEST(BucketOf, SpreadsNumbersThatDifferInOneDigitOverAllBuckets) {
  std::vector<int> held(kBucketCount);
  for (int i = 0; i < 64 * 1024; ++i) ++held[bucket_of(AccountId{7}, "JD" + std::to_string(1'000'000 + i))];
  const auto [least, most] = std::minmax_element(held.begin(), held.end());
  EXPECT_GT(*least, 25);
  EXPECT_LT(*most, 115);
}

TEST(TrackingId, BeginsWithItsBucketThenTheTime) {
  const TrackingId id =
      TrackingId::make(0x2AB, Timestamp{std::chrono::milliseconds{0x123456789AB}}, 0xFEDCBA9876543210);
  EXPECT_EQ(id.hex(), "2ab00123456789abfedcba9876543210");
}

TEST(TrackingId, SortsByTheTimeWithinItsBucket) {
  const auto earlier = TrackingId::make(5, examples::utc(2024, 3, 1), ~std::uint64_t{0});
  const auto later = TrackingId::make(5, examples::utc(2024, 3, 1, 0, 0, 1), 0);
  EXPECT_LT(earlier, later);
  EXPECT_LT(earlier.hex(), later.hex());
  EXPECT_LT(later, TrackingId::make(6, examples::utc(2024, 3, 1), 0));
}

TEST(TrackingId, IsNothingForOtherText) {
  const std::string valid = TrackingId::make(5, examples::utc(2024, 3, 1), 9).hex();
  for (const std::string& text : {std::string(), valid.substr(1), valid + "0", " " + valid.substr(1),
                                  valid.substr(0, 31) + "g", valid.substr(0, 31) + std::string(1, '\0')}) {
    EXPECT_FALSE(TrackingId::parse(text)) << text;
  }
}

TEST(TrackingId, IsAnyoneElsesAsItCame) {
  for (const std::string& hex : {"400" + std::string(29, '0'), std::string(32, 'f'), std::string(32, '0')}) {
    const auto id = TrackingId::parse(hex);
    ASSERT_TRUE(id) << hex;
    EXPECT_EQ(id->hex(), hex);
  }
}

TEST(TrackingId, MovedToABucketKeepsAllButThreeDigits) {
  const auto id = TrackingId::parse(std::string(32, 'f'));
  EXPECT_EQ(id->moved_to(0x0A3).hex(), "0a3" + std::string(29, 'f'));
  EXPECT_EQ(id->moved_to(0xFFF), id);
}

RC_GTEST_PROP(TrackingId, ReadsBackFromHexAndBytes, (std::uint64_t random)) {
  const auto bucket = *rc::gen::inRange<Bucket>(0, kBucketCount);
  const auto millis = *rc::gen::inRange<std::int64_t>(0, 4'102'444'800'000);  // to the year 2100
  const TrackingId id = TrackingId::make(bucket, Timestamp{std::chrono::milliseconds{millis}}, random);
  RC_ASSERT(id.moved_to(bucket) == id);
  RC_ASSERT(id.hex().size() == 32U);
  RC_ASSERT(TrackingId::parse(id.hex()) == id);
  RC_ASSERT(TrackingId::parse(ascii::to_upper(id.hex())) == id);
  RC_ASSERT(TrackingId::from_bytes(id.bytes()) == id);
}

}  // namespace
}  // namespace parcelwake::domain
