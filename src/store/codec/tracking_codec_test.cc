#include "store/codec/tracking_codec.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/ascii.h"
#include "store/contract/arbitrary_trackings.h"
#include "store/contract/example_trackings.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;

std::string body_of(const Tracking& tracking) {
  std::string body;
  append_tracking_body(tracking, body);
  return body;
}

// What a store hands to read_tracking_body(): the columns alone.
Tracking columns_of(const Tracking& tracking) {
  Tracking columns;
  columns.id = tracking.id;
  columns.account = tracking.account;
  columns.number = domain::TrackingNumber::trusted(tracking.number.folded());
  columns.carrier = tracking.carrier;
  columns.created_at = tracking.created_at;
  columns.updated_at = tracking.updated_at;
  columns.archived = tracking.archived;
  columns.details.order_id = tracking.details.order_id;
  columns.details.order_time = tracking.details.order_time;
  return columns;
}

std::optional<Tracking> read_back(const Tracking& written, std::string_view body) {
  Tracking tracking = columns_of(written);
  if (!read_tracking_body(body, tracking)) return std::nullopt;
  return tracking;
}

TEST(TrackingCodec, EveryFieldComesBack) {
  const Tracking t = full_tracking("EA123456785cn");
  EXPECT_EQ(read_back(t, body_of(t)), t);
}

TEST(TrackingCodec, ABareTrackingTakesFewBytes) {
  const Tracking t = example_tracking("AA11111");
  EXPECT_EQ(read_back(t, body_of(t)), t);
  EXPECT_LE(body_of(t).size(), 14u);
}

TEST(TrackingCodec, ARepeatedSourceIsWrittenOnce) {
  Tracking t = full_tracking("EA123456785CN");
  domain::Checkpoint checkpoint = t.origin.timeline.newest();
  checkpoint.source = "a-rather-long-connector-name/12";
  t.origin.timeline = domain::Timeline::restored({10, checkpoint});
  const std::string body = body_of(t);
  const std::size_t first = body.find(checkpoint.source);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(body.find(checkpoint.source, first + 1), std::string::npos);
  EXPECT_EQ(read_back(t, body), t);
}

TEST(TrackingCodec, MorePlacesThanAreRememberedComeBack) {
  Tracking t = full_tracking("EA123456785CN");
  std::vector<domain::Checkpoint> checkpoints(100, t.origin.timeline.newest());
  for (std::size_t i = 0; i < checkpoints.size(); ++i) checkpoints[i].location = "place " + std::to_string(i % 60);
  t.origin.timeline = domain::Timeline::restored(checkpoints);
  EXPECT_EQ(read_back(t, body_of(t)), t);
}

// Rows outlive programs: what version 1 wrote must stay readable.
TEST(TrackingCodec, ABodyOfVersion1StaysReadable) {
  std::string body;
  ASSERT_TRUE(ascii::from_hex(
      "011f02060480e2f4b3bf630d4541313233343536373835636eff0f0741207469746c6503416e6e0f616e6e406578616d706c"
      "652e6f7267102b3434203230203739343620303030300e6c65667420e280942072696768740361697202656e024445083230"
      "32343033303105313031313503412d317f02434e0244450c422e204e45494748424f555203454d5306312e32206b6703522d"
      "370a323032342d30332d303901096368696e612d656d730d4541313233343536373835434e02c0da8999bf63040000000014"
      "496e666f726d6174696f6e207265636569766564000000017fc0cde9b2bf63c00702020080b18299bf6319323032342d3033"
      "2d30312031383a30313a3030202b3038303006e694b6e5af8403323033000c5368656e7a68656e2c20434e000b6368696e61"
      "2d656d732f31be0380979305c0070202030019323032342d30332d30312031383a30313a3030202b3038303006e694b6e5af"
      "84033230330203810380f0b252030019323032342d30332d30312031383a30313a3030202b3038303006e694b6e5af840332"
      "3033000b4c6569707a69672c20444503030d64686c2d70617263656c2d6465053030333430030780849199bf630181030003"
      "0019323032342d30332d30312031383a30313a3030202b3038303006e694b6e5af84033230330403",
      body));
  Tracking t = full_tracking("EA123456785cn");
  // What later programs added.
  t.retracked_at.reset();
  for (std::string domain::Details::*later :
       {&domain::Details::order_number, &domain::Details::customer_sms, &domain::Details::recipient_postcode,
        &domain::Details::label, &domain::Details::tracking_key, &domain::Details::origin_code,
        &domain::Details::origin_told, &domain::Details::destination_told}) {
    (t.details.*later).clear();
  }
  EXPECT_EQ(read_back(t, body), t);
  EXPECT_EQ(body_of(t), body);
}

TEST(TrackingCodec, EveryShorterBodyIsRefused) {
  const Tracking t = full_tracking("EA123456785cn");
  const std::string body = body_of(t);
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_FALSE(read_back(t, std::string_view(body).substr(0, size))) << size;
  }
  EXPECT_FALSE(read_back(t, body + '\0'));
}

TEST(TrackingCodec, AnotherVersionIsRefused) {
  const Tracking t = example_tracking("AA11111");
  std::string body = body_of(t);
  body[0] = 2;
  EXPECT_FALSE(read_back(t, body));
}

TEST(TrackingCodec, AFlippedBitIsReadAsSomethingValidOrRefused) {
  const Tracking t = full_tracking("EA123456785CN");
  const std::string body = body_of(t);
  for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
    std::string flipped = body;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto read = read_back(t, flipped);
    if (read) {
      EXPECT_EQ(read_back(*read, body_of(*read)), read) << bit;
    }
  }
}

RC_GTEST_PROP(TrackingCodecProperty, WhatIsWrittenIsReadBack, (const Tracking& tracking)) {
  RC_ASSERT(read_back(tracking, body_of(tracking)) == tracking);
}

RC_GTEST_PROP(TrackingCodecProperty, NothingOfWhatWasThereBeforeRemains, (Tracking earlier, const Tracking& tracking)) {
  Tracking reused = std::move(earlier);
  Tracking fresh;
  for (Tracking* into : {&reused, &fresh}) {
    into->id = tracking.id;
    into->account = tracking.account;
    into->number = domain::TrackingNumber::trusted(tracking.number.folded());
    into->carrier = tracking.carrier;
    into->created_at = tracking.created_at;
    into->updated_at = tracking.updated_at;
    into->archived = tracking.archived;
    into->details.order_id = tracking.details.order_id;
    into->details.order_time = tracking.details.order_time;
    RC_ASSERT(read_tracking_body(body_of(tracking), *into));
  }
  RC_ASSERT(reused == fresh);
  RC_ASSERT(reused == tracking);
}

}  // namespace
}  // namespace parcelwake::store
