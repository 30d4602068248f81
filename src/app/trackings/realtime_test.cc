#include "app/trackings/realtime.h"

#include <gtest/gtest.h>

#include "app/polling/apply_answers.h"
#include "app/testing/store_room.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using domain::examples::report_of;
using domain::examples::scan;
using domain::examples::scan_reading;
using std::chrono::hours;
using std::chrono::minutes;
using testing::failing;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

struct Realtime : ::testing::Test {
  StoreRoom room;
  RegisterCommand command = registration("AB123");

  RealtimeStart begin(Timestamp now) {
    const auto starts = room.in_transaction(
        [&] { return begin_realtime(std::span(&command, 1), room.store, room.gateway, room.random, now); });
    return *starts.front();
  }
  void answer(const domain::TrackingId& id, ports::CarrierAnswer with, Timestamp now) {
    const AnswerCommand answer{.id = id, .origin = std::move(with), .destination = {}};
    room.in_transaction(
        [&] { return apply_answers(std::span(&answer, 1), room.store, room.catalogue, room.random, now); });
  }
};

TEST_F(Realtime, AddsANewNumberAndKeepsThePollerAwayWhileItAsks) {
  const RealtimeStart start = begin(kNoon);
  EXPECT_TRUE(start.ask);
  EXPECT_EQ(start.tracking.number.text(), "AB123");
  EXPECT_EQ(room.schedule(start.tracking.id)->due_at, kNoon + kRealtimeLease);
}

TEST_F(Realtime, NeverPutsOffAnAskThatIsFurtherAway) {
  const RealtimeStart start = begin(kNoon);
  answer(start.tracking.id, failing(ports::CarrierError::NotConnected), kNoon);
  const Timestamp due = room.schedule(start.tracking.id)->due_at;
  EXPECT_TRUE(begin(kNoon + minutes{1}).ask);
  EXPECT_EQ(room.schedule(start.tracking.id)->due_at, due);
}

TEST_F(Realtime, AsksOnceInTwoHours) {
  const auto id = begin(kNoon).tracking.id;
  answer(id, report_of({scan(1, 9)}), kNoon);
  EXPECT_FALSE(begin(kNoon + domain::kRealtimeWindow - minutes{1}).ask);
  EXPECT_TRUE(begin(kNoon + domain::kRealtimeWindow).ask);
}

TEST_F(Realtime, AsksAgainWhenTheCarrierDidNotAnswer) {
  const auto id = begin(kNoon).tracking.id;
  answer(id, failing(ports::CarrierError::Unreachable), kNoon);
  EXPECT_TRUE(begin(kNoon + minutes{1}).ask);
}

TEST_F(Realtime, AsksOnceInTwoHoursAfterTheJourneysEndToo) {
  const auto id = begin(kNoon).tracking.id;
  answer(id, report_of({scan_reading(1, 9, domain::examples::kDelivered)}), kNoon);
  EXPECT_FALSE(room.schedule(id));
  EXPECT_FALSE(begin(kNoon + hours{1}).ask);
  EXPECT_TRUE(begin(kNoon + hours{3}).ask);
  answer(id, report_of({scan_reading(1, 9, domain::examples::kDelivered)}), kNoon + hours{3});
  EXPECT_FALSE(begin(kNoon + hours{4}).ask) << "the ask of an hour ago counts, not the journey's end";
  EXPECT_EQ(room.stored(id).asking_ended, kNoon + hours{3});
  EXPECT_EQ(room.stored(id).updated_at, kNoon + hours{3}) << "days are counted up to that ask, which a reader sees";
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(Realtime, GivesEveryCommandOfABatchItsOwnStart) {
  const std::vector<RegisterCommand> commands = {registration("AB123"), registration("CD123"), registration("AB123")};
  const auto starts =
      room.in_transaction([&] { return begin_realtime(commands, room.store, room.gateway, room.random, kNoon); });
  ASSERT_EQ(starts.size(), 3U);
  EXPECT_EQ(starts[0]->tracking.id, starts[2]->tracking.id);
  EXPECT_EQ(starts[1]->tracking.number.text(), "CD123");
}

}  // namespace
}  // namespace parcelwake::app
