#include "app/trackings/stop_asking.h"

#include <gtest/gtest.h>

#include "app/polling/apply_answers.h"
#include "app/testing/store_room.h"
#include "app/trackings/realtime.h"

namespace parcelwake::app {
namespace {

using domain::examples::report_of;
using domain::examples::scan;
using std::chrono::hours;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

struct StopAsking : ::testing::Test {
  StoreRoom room;
  RegisterCommand command = registration("AB123");
  domain::TrackingId id = room.add(command).id;

  auto stop(Timestamp now) {
    const ports::TrackingKey key = key_of(command);
    return room.in_transaction([&] { return stop_asking(std::span(&key, 1), room.store, now); }).front();
  }
  void answer(Timestamp now) {
    const AnswerCommand answer{.id = id, .origin = report_of({scan(1, 9)}), .destination = {}};
    room.in_transaction(
        [&] { return apply_answers(std::span(&answer, 1), room.store, room.catalogue, room.random, now); });
  }
  bool asked_at_request(Timestamp now) {
    const auto starts = room.in_transaction(
        [&] { return begin_realtime(std::span(&command, 1), room.store, room.gateway, room.random, now); });
    return starts.front()->ask;
  }
};

TEST_F(StopAsking, TakesTheTrackingOffTheScheduleAndLeavesItReadable) {
  answer(kNoon + hours{1});
  ASSERT_TRUE(stop(kNoon + hours{3}).ok());
  const domain::Tracking stopped = room.stored(id);
  EXPECT_FALSE(stopped.asked());
  EXPECT_EQ(stopped.asking_ended, kNoon + hours{1}) << "the last ask is the last poll";
  EXPECT_EQ(stopped.updated_at, kNoon + hours{3});
  EXPECT_EQ(stopped.status(), domain::Status::Transit);
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(StopAsking, OfWhatIsStoppedChangesNothing) {
  ASSERT_TRUE(stop(kNoon + hours{1}).ok());
  const domain::Tracking before = room.stored(id);
  EXPECT_TRUE(stop(kNoon + hours{2}).ok());
  EXPECT_EQ(room.stored(id), before);
}

TEST_F(StopAsking, AnAnswerUnderWayIsKeptAndDoesNotBeginThePollingAgain) {
  ASSERT_TRUE(stop(kNoon).ok());
  answer(kNoon + hours{1});
  EXPECT_EQ(room.stored(id).status(), domain::Status::Transit);
  EXPECT_FALSE(room.stored(id).asked());
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(StopAsking, LeavesRealtimeAsItWas) {
  ASSERT_TRUE(stop(kNoon).ok());
  EXPECT_TRUE(asked_at_request(kNoon)) << "nobody has asked yet";
  answer(kNoon);
  EXPECT_FALSE(asked_at_request(kNoon + hours{1}));
  EXPECT_TRUE(asked_at_request(kNoon + hours{3}));
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(StopAsking, OfAStrangerHarmsNoNeighbour) {
  const std::vector<ports::TrackingKey> keys = {key_of(registration("ZZ999")), key_of(command)};
  const auto outcomes = room.in_transaction([&] { return stop_asking(keys, room.store, kNoon); });
  EXPECT_EQ(outcomes[0].error(), UpdateError::NotTracked);
  EXPECT_FALSE(outcomes[1]->asked());
}

}  // namespace
}  // namespace parcelwake::app
