#include "app/trackings/retrack_trackings.h"

#include <gtest/gtest.h>

#include "app/polling/apply_answers.h"
#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using domain::Status;
using domain::examples::report_of;
using domain::examples::scan;
using std::chrono::days;
using testing::carrier;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

struct Retracking : ::testing::Test {
  StoreRoom room;
  const RegisterCommand command = registration("AB123");
  const domain::TrackingId id = room.add(command).id;
  const Timestamp expired_at = kNoon + days{31};

  // A carrier that tells the same as ever.
  void answer(Timestamp now) {
    const AnswerCommand answer{.id = id, .origin = report_of({scan(1, 9)}), .destination = {}};
    room.in_transaction(
        [&] { return apply_answers(std::span(&answer, 1), room.store, room.catalogue, room.random, now); });
  }
  auto retrack(const std::vector<domain::TrackingId>& ids, Timestamp now) {
    return room.in_transaction([&] { return retrack_trackings(ids, room.store, room.gateway, now); });
  }
};

TEST_F(Retracking, AsksAnExpiredParcelAgainAndLetsItAgeAnew) {
  answer(expired_at);
  ASSERT_EQ(room.stored(id).status(), Status::Expired);
  ASSERT_FALSE(room.schedule(id));
  const Timestamp later = expired_at + days{5};
  ASSERT_TRUE(retrack({id}, later).front().ok());
  EXPECT_EQ(room.stored(id).status(), Status::Transit);
  EXPECT_EQ(room.schedule(id)->due_at, later);

  answer(later + days{29});
  EXPECT_EQ(room.stored(id).status(), Status::Transit) << "30 days have not passed since";
  EXPECT_TRUE(room.schedule(id));
  answer(later + days{30});
  EXPECT_EQ(room.stored(id).status(), Status::Expired);
}

TEST_F(Retracking, IsRefusedToWhatHasNotExpiredAndToStrangers) {
  const auto outcomes = retrack({domain::TrackingId{}, id}, kNoon);
  EXPECT_EQ(outcomes[0].error(), RetrackError::NotTracked);
  EXPECT_EQ(outcomes[1].error(), RetrackError::NotExpired);
  answer(expired_at);
  const auto twice = retrack({id, id}, expired_at);
  EXPECT_TRUE(twice[0].ok());
  EXPECT_EQ(twice[1].error(), RetrackError::NotExpired);
}

TEST_F(Retracking, OfACarrierThatCannotBeAskedWaits) {
  answer(expired_at);
  room.gateway.unreachable.insert(carrier("dhl"));
  ASSERT_TRUE(retrack({id}, expired_at).front().ok());
  EXPECT_TRUE(room.schedule(id)->waiting);
}

}  // namespace
}  // namespace parcelwake::app
