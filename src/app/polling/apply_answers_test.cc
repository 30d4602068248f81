#include "app/polling/apply_answers.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"
#include "app/trackings/update_trackings.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using domain::Status;
using domain::examples::kDelivered;
using domain::examples::kReturning;
using domain::examples::report_of;
using domain::examples::scan;
using domain::examples::scan_reading;
using ports::CarrierAnswer;
using ports::CarrierError;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::carrier;
using testing::failing;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

struct Answers : ::testing::Test {
  StoreRoom room;
  domain::TrackingId id = room.add(registration("AB123")).id;  // of an express carrier: asked every three hours

  std::optional<domain::Tracking> apply(const std::vector<AnswerCommand>& commands, Timestamp now = kNoon) {
    return room.in_transaction([&] { return apply_answers(commands, room.store, room.catalogue, room.random, now); })
        .back();
  }
  AnswerCommand from_origin(CarrierAnswer answer) const {
    return {.id = id, .origin = std::move(answer), .destination = {}};
  }
  AnswerCommand from_both(CarrierAnswer origin, CarrierAnswer destination) const {
    return {.id = id, .origin = std::move(origin), .destination = std::move(destination)};
  }
  std::optional<domain::Tracking> apply(CarrierAnswer answer, Timestamp now = kNoon) {
    return apply({from_origin(std::move(answer))}, now);
  }
  milliseconds pause(Timestamp now = kNoon) { return room.schedule(id)->due_at - now; }
};

CarrierAnswer told(domain::Checkpoint checkpoint) { return report_of({std::move(checkpoint)}); }

CarrierAnswer news_in(milliseconds when) {
  domain::CarrierReport report = report_of({scan(1, 9)});
  report.news_due_in = when;
  return report;
}

TEST_F(Answers, AReportIsMergedAndTheNextAskIsOneIntervalAway) {
  const auto outcome = apply(told(scan(1, 9)));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->status(), Status::Transit);
  EXPECT_EQ(room.stored(id), *outcome);
  EXPECT_EQ(pause(), hours{3});
  EXPECT_EQ(room.schedule(id)->last_asked, kNoon);
}

TEST_F(Answers, TheSameReportAgainOnlyMovesTheSchedule) {
  apply(told(scan(1, 9)));
  const domain::Tracking before = room.stored(id);
  apply(told(scan(1, 9)), kNoon + hours{3});
  EXPECT_EQ(room.stored(id), before);
  EXPECT_EQ(room.schedule(id)->due_at, kNoon + hours{6});
}

TEST_F(Answers, PromisedNewsBringTheNextAskForwardButNotBelowASecond) {
  apply(news_in(minutes{10}));
  EXPECT_EQ(pause(), minutes{10});
  apply(news_in(milliseconds{0}));
  EXPECT_EQ(pause(), seconds{1});
  apply(news_in(days{7}));
  EXPECT_EQ(pause(), hours{3});
}

TEST_F(Answers, AnUnknownNumberIsNotFoundAndCountsAsAsked) {
  EXPECT_EQ(apply(failing(CarrierError::UnknownNumber))->status(), Status::NotFound);
  EXPECT_EQ(room.schedule(id)->last_asked, kNoon);
  EXPECT_EQ(room.schedule(id)->failures, 0U);
  EXPECT_EQ(pause(), hours{3});
}

TEST_F(Answers, AnUnknownNumberIsAskedForWhenTheCarrierSays) {
  apply(failing(CarrierError::UnknownNumber, minutes{7}));
  EXPECT_EQ(pause(), minutes{7});
  apply(failing(CarrierError::UnknownNumber, hours{9}));
  EXPECT_EQ(pause(), hours{9});
  apply(failing(CarrierError::UnknownNumber, milliseconds::max()));
  EXPECT_EQ(pause(), domain::kLongestPause);
}

TEST_F(Answers, AnInvalidNumberIsNotFoundToo) {
  EXPECT_EQ(apply(failing(CarrierError::InvalidNumber))->status(), Status::NotFound);
  EXPECT_EQ(pause(), hours{3});
}

TEST_F(Answers, FailuresBackOffUntilAnAnswerComes) {
  for (const CarrierError error : {CarrierError::Unreachable, CarrierError::Unreadable, CarrierError::Refused}) {
    EXPECT_EQ(apply(failing(error))->status(), Status::Pending);
  }
  EXPECT_EQ(room.schedule(id)->failures, 3U);
  EXPECT_EQ(room.schedule(id)->last_asked, std::nullopt);
  EXPECT_EQ(pause(), minutes{8});
  for (int i = 0; i < 40; ++i) apply(failing(CarrierError::Unreachable));
  EXPECT_EQ(pause(), hours{3});
  apply(told(scan(1, 9)));
  EXPECT_EQ(room.schedule(id)->failures, 0U);
}

TEST_F(Answers, ThrottlingIsNoFailureAndWaitsAsLongAsItSays) {
  apply(failing(CarrierError::Throttled));
  EXPECT_EQ(room.schedule(id)->failures, 0U);
  EXPECT_EQ(pause(), minutes{2});
  apply(failing(CarrierError::Throttled, minutes{30}));
  EXPECT_EQ(pause(), minutes{30});
  apply(failing(CarrierError::Throttled, milliseconds::max()));
  EXPECT_EQ(pause(), domain::kLongestPause);
}

TEST_F(Answers, ACarrierThatIsNotConnectedIsWaitedFor) {
  const domain::Tracking before = room.stored(id);
  apply(failing(CarrierError::NotConnected));
  EXPECT_EQ(room.stored(id), before);
  EXPECT_TRUE(room.schedule(id)->waiting);
  EXPECT_EQ(pause(), domain::kWaitingInterval);
  apply(told(scan(1, 9)));
  EXPECT_FALSE(room.schedule(id)->waiting);
}

TEST_F(Answers, OneLegThatAnswersIsEnough) {
  const auto outcome = apply({from_both(failing(CarrierError::NotConnected), told(scan(1, 9)))});
  EXPECT_EQ(outcome->status(), Status::Transit);
  EXPECT_EQ(outcome->destination.timeline.checkpoints().size(), 1U);
  EXPECT_FALSE(room.schedule(id)->waiting);
  EXPECT_EQ(pause(), hours{3});
}

TEST_F(Answers, ADestinationThatCannotBeReachedIsNotWaitedForLikeAnUnconnectedOrigin) {
  apply({from_both(failing(CarrierError::NotConnected), failing(CarrierError::Unreachable))});
  EXPECT_FALSE(room.schedule(id)->waiting);
  EXPECT_EQ(pause(), minutes{2});
}

TEST_F(Answers, OfTwoLegsTheSoonerWishCounts) {
  apply({from_both(news_in(minutes{20}), failing(CarrierError::UnknownNumber, hours{9}))});
  EXPECT_EQ(pause(), minutes{20});
  apply({from_both(failing(CarrierError::UnknownNumber, hours{9}), news_in(minutes{20}))});
  EXPECT_EQ(pause(), minutes{20});
}

TEST_F(Answers, ADeliveredParcelIsAskedNoMore) {
  const auto outcome = apply(told(scan_reading(1, 9, kDelivered)));
  EXPECT_EQ(outcome->asking_ended, kNoon);
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(Answers, AParcelExpiresThirtyDaysAfterItsLastNews) {
  apply(told(scan(5, 12)), kNoon + days{4});
  EXPECT_EQ(apply(told(scan(5, 12)), kNoon + days{34} - seconds{1})->status(), Status::Transit);
  EXPECT_EQ(apply(failing(CarrierError::Unreachable), kNoon + days{34})->status(), Status::Expired);
  EXPECT_FALSE(room.schedule(id));
  EXPECT_EQ(room.stored(id).asking_ended, kNoon + days{34});
}

TEST_F(Answers, AWaitingParcelExpiresToo) {
  EXPECT_EQ(apply(failing(CarrierError::NotConnected), kNoon + days{30})->status(), Status::Expired);
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(Answers, AnExpiredParcelThatMovesIsScheduledAgain) {
  apply(failing(CarrierError::Unreachable), kNoon + days{30});
  const Timestamp later = kNoon + days{31};
  EXPECT_EQ(apply(told(scan(31, 12)), later)->status(), Status::Transit);
  EXPECT_EQ(room.stored(id).asking_ended, std::nullopt);
  ASSERT_TRUE(room.schedule(id));
  EXPECT_EQ(pause(later), hours{3});
}

TEST_F(Answers, AnS10NumberIsHandedToThePostOfItsDestination) {
  RegisterCommand command = registration("RB123456785PH", "phlpost");
  command.details.destination_code = "US";
  id = room.add(command).id;
  const Timestamp later = kNoon + minutes{1};
  const auto outcome = apply(failing(CarrierError::UnknownNumber), later);
  EXPECT_EQ(outcome->destination.carrier, carrier("usps"));
  EXPECT_GE(outcome->updated_at, later);
  EXPECT_EQ(pause(later), domain::kShortestPause);  // who has it now is asked without delay
  const Timestamp again = later + minutes{1};
  apply(failing(CarrierError::UnknownNumber), again);
  EXPECT_GT(pause(again), hours{1});  // and then as any other
}

TEST_F(Answers, TheCarriersWordOnTheDestinationOutranksTheCustomers) {
  RegisterCommand command = registration("RB123456785PH", "phlpost");
  command.details.destination_code = "US";
  id = room.add(command).id;
  domain::CarrierReport report = report_of({scan(1, 9)});
  report.facts.destination_country = "DE";
  EXPECT_EQ(apply(report)->destination.carrier, carrier("deutsche-post"));
}

TEST_F(Answers, AParcelIsNotHandedFromAPostToItself) {
  RegisterCommand command = registration("RB123456785US", "usps");
  command.details.destination_code = "US";
  id = room.add(command).id;
  EXPECT_TRUE(apply(told(scan(1, 9)))->destination.carrier.empty());
}

TEST_F(Answers, AboutADeletedTrackingAreDropped) {
  const ports::TrackingKey key = key_of(registration("AB123"));
  room.in_transaction([&] { return delete_trackings(std::vector{DeleteCommand{key}}, room.store); });
  EXPECT_EQ(apply(told(scan(1, 9))), std::nullopt);
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(Answers, TwoForOneTrackingInOneBatchBothCount) {
  const auto outcome = apply({from_origin(told(scan(1, 9, "Posted"))), from_origin(told(scan(1, 10, "Left")))});
  EXPECT_EQ(outcome->origin.timeline.checkpoints().size(), 2U);
  EXPECT_EQ(room.stored(id), *outcome);
}

TEST_F(Answers, AFailureBeforeADeliveryInOneBatchSchedulesNothing) {
  apply({from_origin(failing(CarrierError::Unreachable)), from_origin(told(scan_reading(1, 9, kDelivered)))});
  EXPECT_EQ(room.stored(id).status(), Status::Delivered);
  EXPECT_FALSE(room.schedule(id));
}

TEST_F(Answers, ADeliveryTakenBackInTheSameBatchIsAskedOn) {
  apply({from_origin(told(scan_reading(1, 9, kDelivered))), from_origin(told(scan_reading(1, 10, kReturning)))});
  EXPECT_EQ(room.stored(id).status(), Status::Exception);
  EXPECT_EQ(room.stored(id).asking_ended, std::nullopt);
  EXPECT_TRUE(room.schedule(id));
}

TEST_F(Answers, TwoFailuresInOneBatchCountTwice) {
  apply({from_origin(failing(CarrierError::Unreachable)), from_origin(failing(CarrierError::Unreachable))});
  EXPECT_EQ(room.schedule(id)->failures, 2U);
}

}  // namespace
}  // namespace parcelwake::app
