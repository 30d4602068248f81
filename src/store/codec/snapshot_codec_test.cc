#include "store/codec/snapshot_codec.h"

#include <gtest/gtest.h>

#include "store/contract/example_trackings.h"

namespace parcelwake::store {
namespace {

using domain::Tracking;

std::string snapshot_of(const Tracking& tracking) {
  std::string bytes;
  append_tracking_snapshot(tracking, bytes);
  return bytes;
}

// What stands in columns beside a snapshot.
Tracking with_columns_of(const Tracking& tracking) {
  Tracking empty;
  empty.id = tracking.id;
  empty.account = tracking.account;
  return empty;
}

TEST(SnapshotCodec, ATrackingComesBackWhole) {
  Tracking unordered = full_tracking("ab 12-c");
  unordered.details.order_time.reset();
  unordered.archived = false;
  for (const Tracking& tracking : {example_tracking("1Z999"), full_tracking("EA123456785CN"), unordered}) {
    Tracking read = with_columns_of(tracking);
    ASSERT_TRUE(read_tracking_snapshot(snapshot_of(tracking), read));
    EXPECT_EQ(read, tracking);
  }
}

TEST(SnapshotCodec, CutBytesAndFurtherOnesAreRefused) {
  const std::string bytes = snapshot_of(full_tracking("EA123456785CN"));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Tracking read;
    EXPECT_FALSE(read_tracking_snapshot(std::string_view(bytes).substr(0, length), read)) << length;
  }
  Tracking read;
  EXPECT_FALSE(read_tracking_snapshot(bytes + '\0', read));
}

TEST(SnapshotCodec, SpoiltBytesNeverCrash) {
  const std::string bytes = snapshot_of(full_tracking("EA123456785CN"));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char spoilt : {'\0', '\x7F', '\xFF'}) {
      std::string copy = bytes;
      copy[at] = spoilt;
      Tracking read;
      (void)read_tracking_snapshot(copy, read);
    }
  }
}

}  // namespace
}  // namespace parcelwake::store
