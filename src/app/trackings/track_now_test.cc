#include "app/trackings/track_now.h"

#include <gtest/gtest.h>

#include "app/testing/settable_clock.h"
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
  testing::SettableClock clock;
  TrackingAsks asks{clock};
  const TrackNowServices services{.writes = gate, .gateway = room.gateway, .asks = asks};
  std::vector<Result<domain::Tracking, TrackNowError>> answers;

  void track() {
    track_now(registration("AB123"), services, [this](auto answer) { answers.push_back(std::move(answer)); });
  }
  std::vector<Status> statuses() const {
    std::vector<Status> all;
    for (const auto& answer : answers) all.push_back(answer->status());
    return all;
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

TEST_F(TrackNow, ManyAtOnceAskOnceAndShareTheAnswer) {
  for (int i = 0; i < 5; ++i) track();
  EXPECT_EQ(room.gateway.asked, 1U);
  EXPECT_TRUE(answers.empty());
  room.gateway.open.front().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  EXPECT_EQ(statuses(), std::vector(5, Status::Transit));
  track();
  EXPECT_EQ(room.gateway.asked, 1U) << "the answer holds for two hours";
  EXPECT_EQ(answers.size(), 6U);
}

TEST_F(TrackNow, ManyAtOnceShareAFailureAndTheNextOneAsksAgain) {
  for (int i = 0; i < 3; ++i) track();
  room.gateway.open.front().answer(failing(ports::CarrierError::Unreachable));
  EXPECT_EQ(statuses(), std::vector(3, Status::Pending));
  track();
  EXPECT_EQ(room.gateway.asked, 2U);
}

TEST_F(TrackNow, ManyAtOnceAreAllToldThatTheAnswerCouldNotBeKept) {
  for (int i = 0; i < 3; ++i) track();
  gate.busy_after = 0;
  room.gateway.open.front().answer(failing(ports::CarrierError::UnknownNumber));
  ASSERT_EQ(answers.size(), 3U);
  for (const auto& answer : answers) EXPECT_EQ(answer.error(), TrackNowError(ports::StoreError::Busy));
}

TEST_F(TrackNow, AnAskThatNeverEndsHoldsUpNobodyWhoComesLater) {
  track();
  clock.time += kLongestAsk;
  track();
  ASSERT_EQ(room.gateway.asked, 2U);
  room.gateway.open.back().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  EXPECT_EQ(statuses(), std::vector(2, Status::Transit));
  room.gateway.open.front().answer(failing(ports::CarrierError::Unreachable));
  EXPECT_EQ(answers.size(), 2U);
}

TEST_F(TrackNow, SharesTheAnswerThatThePollerIsWaitingFor) {
  const auto tracking = room.add(registration("AB123"));
  asks.begin({tracking.id, tracking.carrier});
  track();
  EXPECT_EQ(room.gateway.asked, 0U);
  auto answered = tracking;
  answered.computed_status = Status::Pickup;
  asks.tell({tracking.id, tracking.carrier}, std::optional(answered));
  EXPECT_EQ(statuses(), std::vector{Status::Pickup});
}

TEST_F(TrackNow, AsksTheCarrierThatItWasGivenToMeanwhile) {
  track();
  gate.submit(ChangeCarrierBatch{{{.key = key_of(registration("AB123")), .carrier = testing::carrier("usps")}}},
              [](const auto& outcome) { ASSERT_TRUE(outcome.ok()); });
  track_now(registration("AB123", "usps"), services, [this](auto answer) { answers.push_back(std::move(answer)); });
  ASSERT_EQ(room.gateway.asked, 2U);
  room.gateway.open.back().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  EXPECT_EQ(statuses(), std::vector{Status::Transit});
  room.gateway.open.front().answer(failing(ports::CarrierError::UnknownNumber));
  EXPECT_EQ(statuses(), std::vector(2, Status::Transit));
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
    register_and_track_now(registration("AB123"), services, [this](auto answer) { told.push_back(std::move(answer)); });
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

TEST_F(RegisterAndTrackNow, WhoAsksAtOnceMeanwhileSharesItsAnswer) {
  add();
  track();
  EXPECT_EQ(room.gateway.asked, 1U);
  room.gateway.open.front().answer(domain::examples::report_of({domain::examples::scan(1, 9)}));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front()->status(), Status::Transit);
  EXPECT_EQ(statuses(), std::vector{Status::Transit});
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
