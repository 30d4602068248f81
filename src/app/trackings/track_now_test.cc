#include "app/trackings/track_now.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using domain::Status;
using testing::failing;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

// Carries out every request where it is handed in.
class ImmediateGate final : public WriteGate {
 public:
  explicit ImmediateGate(StoreRoom& room) : room_(room) {}

  std::optional<std::size_t> busy_after;  // so many requests
  Timestamp now = kNoon;

  void submit(WriteRequest request, Done done) override {
    if (busy_after && (*busy_after)-- == 0) return done(fail(ports::StoreError::Busy));
    const WriteContext context{.catalogue = room_.catalogue, .gateway = room_.gateway, .random = room_.random};
    done(std::move(run_write_pass(std::span(&request, 1), room_.store, context, now).front()));
  }

 private:
  StoreRoom& room_;
};

struct TrackNow : ::testing::Test {
  StoreRoom room;
  ImmediateGate gate{room};
  std::vector<Result<domain::Tracking, TrackNowError>> answers;

  void track() {
    track_now(registration("AB123"), gate, room.gateway, [this](auto answer) { answers.push_back(std::move(answer)); });
  }
};

TEST_F(TrackNow, WaitsForTheCarrierAndAnswersWithWhatItSaid) {
  track();
  EXPECT_TRUE(answers.empty());
  ASSERT_EQ(room.gateway.open.size(), 1U);
  room.gateway.open.front().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.front()->status(), Status::Transit);
}

TEST_F(TrackNow, InsideTheWindowAnswersWithWhatIsKnown) {
  room.gateway.script = [](const auto&) { return failing(ports::CarrierError::UnknownNumber); };
  track();
  track();
  EXPECT_EQ(room.gateway.asked, 1U);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[1]->status(), Status::NotFound);
}

TEST_F(TrackNow, ACarrierThatCannotBeAskedLeavesItPending) {
  room.gateway.script = [](const auto&) { return failing(ports::CarrierError::NotConnected); };
  track();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.front()->status(), Status::Pending);
}

TEST_F(TrackNow, AnswersWithWhatWasKnownWhenItWasDeletedMeanwhile) {
  track();
  gate.submit(DeleteBatch{{{key_of(registration("AB123"))}}}, [](const auto& outcome) { ASSERT_TRUE(outcome.ok()); });
  room.gateway.open.front().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.front()->status(), Status::Pending);
}

TEST_F(TrackNow, SaysSoWhenTheStoreIsBusyBeforeOrAfterTheCarrierAnswered) {
  room.gateway.script = [](const auto&) { return failing(ports::CarrierError::UnknownNumber); };
  for (const std::size_t requests : {0U, 1U}) {
    gate.busy_after = requests;
    track();
    ASSERT_FALSE(answers.back().ok());
    EXPECT_EQ(answers.back().error(), TrackNowError(ports::StoreError::Busy));
  }
  EXPECT_EQ(answers.size(), 2U);
}

struct RegisterAndTrackNow : TrackNow {
  std::vector<Result<domain::Tracking, TrackNowError>> told;

  void add() {
    register_and_track_now(registration("AB123"), gate, room.gateway,
                           [this](auto answer) { told.push_back(std::move(answer)); });
  }
};

TEST_F(RegisterAndTrackNow, AnswersWithWhatTheCarrierSaidAndKeepsThePollerAwayMeanwhile) {
  add();
  EXPECT_TRUE(told.empty());
  ASSERT_EQ(room.gateway.open.size(), 1U);
  const auto key = key_of(registration("AB123"));
  const auto id = (*room.store.load(std::span(&key, 1))).front()->tracking.id;
  EXPECT_EQ(room.schedule(id)->due_at, kNoon + kRealtimeLease);
  room.gateway.open.front().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front()->status(), Status::Transit);
}

TEST_F(RegisterAndTrackNow, RefusesANumberThatIsThereAndAsksNobody) {
  room.add(registration("AB123"));
  add();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().error(), TrackNowError(RegisterError::AlreadyTracked));
  EXPECT_EQ(room.gateway.asked, 0U);
}

TEST_F(RegisterAndTrackNow, DoesNotWaitForACarrierThatCannotBeAsked) {
  room.gateway.unreachable.insert(testing::carrier("dhl"));
  add();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front()->status(), Status::Pending);
  EXPECT_EQ(room.gateway.asked, 0U);
}

TEST_F(RegisterAndTrackNow, SaysSoWhenTheStoreIsBusyBeforeOrAfterTheCarrierAnswered) {
  room.gateway.script = [](const auto&) { return failing(ports::CarrierError::UnknownNumber); };
  for (const std::size_t requests : {0U, 1U}) {
    gate.busy_after = requests;
    add();
    EXPECT_EQ(told.back().error(), TrackNowError(ports::StoreError::Busy));
  }
}

}  // namespace
}  // namespace parcelwake::app
