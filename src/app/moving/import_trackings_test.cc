#include "app/moving/import_trackings.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"
#include "app/trackings/update_trackings.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using testing::kAccount;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

constexpr const char* kFormerId = "ffffffffffffffffffffffffffffff42";

ImportCommand command(std::string number, std::string former_id = kFormerId) {
  ImportCommand made;
  made.former_id = std::move(former_id);
  domain::Tracking& tracking = made.tracking;
  tracking.account = kAccount;
  tracking.number = domain::TrackingNumber::trusted(std::move(number));
  tracking.carrier = testing::carrier("dhl");
  tracking.origin.carrier = tracking.carrier;
  tracking.created_at = kNoon - std::chrono::hours{100};
  tracking.updated_at = tracking.created_at;
  tracking.details.title = "theirs";
  return made;
}

struct Importing : ::testing::Test {
  StoreRoom room;

  std::vector<ImportOutcome> import(const std::vector<ImportCommand>& commands) {
    return room.in_transaction(
        [&] { return import_trackings(commands, room.store, room.catalogue, room.random, kNoon); });
  }
  std::optional<domain::Tracking> found(const std::string& number) {
    const auto key = testing::key_of(registration(number));
    const auto stored = (*room.store.load(std::span(&key, 1))).front();
    return stored && !stored->deleted ? std::optional(stored->tracking) : std::nullopt;
  }
};

TEST_F(Importing, KeepsTheFormerId) {
  EXPECT_EQ(import({command("12345")}), std::vector{ImportOutcome::Added});
  const auto tracking = found("12345");
  ASSERT_TRUE(tracking);
  EXPECT_EQ(tracking->id.hex(), kFormerId);
  EXPECT_EQ(room.stored(*domain::TrackingId::parse(kFormerId)), *tracking);
  EXPECT_EQ(tracking->bucket(), domain::bucket_of(kAccount, "12345"));
  EXPECT_EQ(tracking->created_at, kNoon - std::chrono::hours{100});
}

TEST_F(Importing, AnIdThatSomebodyHasIsNotGivenTwice) {
  const auto own = room.add(registration("12345"));
  ImportCommand other = command("12345", own.id.hex());
  other.tracking.carrier = testing::carrier("usps");
  ImportCommand third = command("12345", "no id");
  third.tracking.carrier = testing::carrier("phlpost");
  EXPECT_EQ(import({other, third}), (std::vector{ImportOutcome::Added, ImportOutcome::Added}));
  EXPECT_EQ(room.stored(own.id).carrier, testing::carrier("dhl"));
}

TEST_F(Importing, OfTwoRowsWithOneIdTheSecondGetsAFreshOne) {
  EXPECT_EQ(import({command("12345"), command("54321")}), (std::vector{ImportOutcome::Added, ImportOutcome::Added}));
  EXPECT_EQ(found("12345")->id.hex(), kFormerId);
  EXPECT_NE(found("54321")->id.hex(), kFormerId);
}

TEST_F(Importing, RecognisesWhatEarlierVersionsTookOverUnderAnIdThatBeganWithTheBucket) {
  const auto bucket = domain::bucket_of(kAccount, "12345");
  const auto changed = domain::TrackingId::parse(kFormerId)->moved_to(bucket);
  import({command("12345", changed.hex())});
  EXPECT_EQ(import({command("12345")}), std::vector{ImportOutcome::ImportedBefore});
  EXPECT_EQ(found("12345")->id, changed);
}

TEST_F(Importing, TwiceIsOnce) {
  EXPECT_EQ(import({command("12345"), command("12345")}),
            (std::vector{ImportOutcome::Added, ImportOutcome::ImportedBefore}));
  EXPECT_EQ(import({command("12345")}), std::vector{ImportOutcome::ImportedBefore});
}

TEST_F(Importing, NeverChangesWhatIsThereNorBringsBackWhatWasDeleted) {
  const auto own = room.add(registration("12345"));
  const auto gone = room.add(registration("54321"));
  const DeleteCommand remove{.key = testing::key_of(registration("54321"))};
  room.in_transaction([&] { return delete_trackings(std::span(&remove, 1), room.store); });
  EXPECT_EQ(import({command("12345"), command("54321", "")}),
            (std::vector{ImportOutcome::AlreadyThere, ImportOutcome::Deleted}));
  EXPECT_EQ(room.stored(own.id), own);
  EXPECT_FALSE(found("54321"));
}

TEST_F(Importing, FirstAsksAreSpreadOverTheInterval) {
  import({command("12345")});
  const auto schedule = room.schedule(found("12345")->id);
  ASSERT_TRUE(schedule);
  EXPECT_GE(schedule->due_at, kNoon);
  EXPECT_LE(schedule->due_at, kNoon + std::chrono::hours{12});
}

TEST_F(Importing, WhatIsAskedNoMoreIsNotScheduled) {
  ImportCommand ended = command("12345");
  ended.tracking.asking_ended = kNoon;
  import({ended});
  EXPECT_FALSE(room.schedule(found("12345")->id));
}

}  // namespace
}  // namespace parcelwake::app
