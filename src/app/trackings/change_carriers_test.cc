#include "app/trackings/change_carriers.h"

#include <gtest/gtest.h>

#include "app/polling/apply_answers.h"
#include "app/testing/store_room.h"
#include "app/trackings/update_trackings.h"

namespace parcelwake::app {
namespace {

using domain::examples::report_of;
using domain::examples::scan;
using std::chrono::hours;
using testing::carrier;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

ChangeCarrierCommand change(const std::string& number, const std::string& from, const std::string& to) {
  return {.key = key_of(registration(number, from)), .carrier = carrier(to)};
}

struct CarrierChanges : ::testing::Test {
  StoreRoom room;
  const Timestamp later = kNoon + hours{40 * 24};

  auto run(const std::vector<ChangeCarrierCommand>& commands) {
    return room.in_transaction([&] { return change_carriers(commands, room.store, room.gateway, later); });
  }
  std::optional<domain::Tracking> answer(const domain::TrackingId& id, const std::string& asked, Timestamp now) {
    const AnswerCommand command{
        .id = id, .origin = report_of({scan(1, 9)}), .destination = {}, .asked = carrier(asked)};
    return room
        .in_transaction(
            [&] { return apply_answers(std::span(&command, 1), room.store, room.catalogue, room.random, now); })
        .front();
  }
  bool is_tracked(const std::string& number, const std::string& code) {
    const auto key = key_of(registration(number, code));
    const auto found = (*room.store.load(std::span(&key, 1))).front();
    return found && !found->deleted;
  }
};

TEST_F(CarrierChanges, FollowAnIdFromCarrierToCarrier) {
  const auto id = room.add(registration("AB123", "phlpost")).id;
  const auto by_id = [&](const std::string& to) {
    ChangeCarrierCommand command{.key = {}, .carrier = carrier(to)};
    command.id = id;
    return command;
  };
  const auto outcomes = run({by_id("usps"), by_id("dhl")});
  ASSERT_TRUE(outcomes[0].ok());
  ASSERT_TRUE(outcomes[1].ok()) << "the first one has moved it";
  EXPECT_EQ(room.stored(id).carrier, carrier("dhl"));
  ChangeCarrierCommand of_nobody = by_id("usps");
  of_nobody.id = domain::TrackingId{};
  EXPECT_EQ(run({of_nobody, of_nobody})[1].error(), ChangeCarrierError::NotTracked);
}

TEST_F(CarrierChanges, KeepWhatTheCustomerSaidAndDropWhatTheCarrierTold) {
  RegisterCommand command = registration("AB123", "phlpost");
  command.details.title = "boots";
  const auto id = room.add(command).id;
  ASSERT_EQ(answer(id, "phlpost", kNoon)->status(), domain::Status::Transit);
  const UpdateCommand manual{
      .key = key_of(command), .details = {}, .archived = true, .status = ManualStatus::Exception};
  room.in_transaction([&] { return update_trackings(std::span(&manual, 1), room.store, kNoon); });

  ASSERT_TRUE(run({change("AB123", "phlpost", "usps")}).front().ok());
  const domain::Tracking changed = room.stored(id);
  EXPECT_EQ(changed.carrier, carrier("usps"));
  EXPECT_EQ(changed.origin.carrier, carrier("usps"));
  EXPECT_TRUE(changed.origin.timeline.empty());
  EXPECT_EQ(changed.status(), domain::Status::Pending);
  EXPECT_FALSE(changed.substatus());
  EXPECT_EQ(changed.details.title, "boots");
  EXPECT_TRUE(changed.archived);
  EXPECT_EQ(changed.created_at, kNoon);
  EXPECT_EQ(changed.updated_at, later);
  EXPECT_EQ(room.schedule(id)->due_at, later);
  EXPECT_FALSE(is_tracked("AB123", "phlpost"));
}

TEST_F(CarrierChanges, TakeWhatElseTheCommandChangesWithThem) {
  RegisterCommand command = registration("AB123", "phlpost");
  command.details.title = "boots";
  const auto id = room.add(command).id;
  ChangeCarrierCommand changing = change("AB123", "phlpost", "usps");
  changing.details.comment = "by sea";
  changing.archived = true;
  ASSERT_TRUE(run({changing}).front().ok());
  EXPECT_EQ(room.stored(id).details.title, "boots");
  EXPECT_EQ(room.stored(id).details.comment, "by sea");
  EXPECT_TRUE(room.stored(id).archived);
}

TEST_F(CarrierChanges, ARevivedJourneyIsAskedAgain) {
  const auto id = room.add(registration("AB123", "phlpost")).id;
  const AnswerCommand delivered{
      .id = id,
      .origin = report_of({domain::examples::scan_reading(1, 9, domain::examples::kDelivered)}),
      .destination = {}};
  room.in_transaction(
      [&] { return apply_answers(std::span(&delivered, 1), room.store, room.catalogue, room.random, kNoon); });
  ASSERT_FALSE(room.schedule(id));
  run({change("AB123", "phlpost", "usps")});
  EXPECT_TRUE(room.stored(id).asked());
  EXPECT_EQ(room.schedule(id)->due_at, later);
}

TEST_F(CarrierChanges, DoNotExpireAtTheFirstAskAfterALongTime) {
  const auto id = room.add(registration("AB123", "phlpost")).id;
  run({change("AB123", "phlpost", "usps")});
  EXPECT_EQ(answer(id, "usps", later + hours{1})->status(), domain::Status::Transit);
}

TEST_F(CarrierChanges, AnAnswerOfTheOldCarrierThatComesLateChangesNothing) {
  const auto id = room.add(registration("AB123", "phlpost")).id;
  run({change("AB123", "phlpost", "usps")});
  EXPECT_EQ(answer(id, "phlpost", later)->status(), domain::Status::Pending);
  EXPECT_EQ(room.schedule(id)->due_at, later) << "the new carrier is still asked at once";
}

TEST_F(CarrierChanges, AreRefusedWhereNothingIsOrSomethingIsInTheWay) {
  room.add(registration("AB123", "phlpost"));
  room.add(registration("AB123", "usps"));
  const auto outcomes =
      run({change("AB123", "phlpost", "usps"), change("AB999", "phlpost", "usps"), change("AB123", "usps", "usps")});
  EXPECT_EQ(outcomes[0].error(), ChangeCarrierError::AlreadyTracked);
  EXPECT_EQ(outcomes[1].error(), ChangeCarrierError::NotTracked);
  EXPECT_EQ(outcomes[2].error(), ChangeCarrierError::AlreadyTracked);
}

TEST_F(CarrierChanges, OfAnotherStateThanExpectedChangeNothing) {
  const domain::Tracking before = room.add(registration("AB123", "phlpost"));
  ChangeCarrierCommand command = change("AB123", "phlpost", "usps");
  command.expected = {later};
  EXPECT_EQ(run({command}).front().error(), ChangeCarrierError::Changed);
  EXPECT_EQ(room.stored(before.id), before);
  command.expected = {kNoon};
  EXPECT_TRUE(run({command}).front().ok());
}

TEST_F(CarrierChanges, ATombstoneIsNotInTheWay) {
  const auto gone = key_of(registration("AB123", "usps"));
  room.add(registration("AB123", "usps"));
  room.in_transaction([&] { return delete_trackings(std::vector{DeleteCommand{gone}}, room.store); });
  room.add(registration("AB123", "phlpost"));
  EXPECT_TRUE(run({change("AB123", "phlpost", "usps")}).front().ok());
}

TEST_F(CarrierChanges, OfOneBatchThatTouchTheSamePairsFollowEachOther) {
  const auto first = room.add(registration("AB123", "phlpost")).id;
  const auto second = room.add(registration("AB123", "dhl")).id;
  const auto outcomes = run({change("AB123", "phlpost", "usps"), change("AB123", "dhl", "phlpost"),
                             change("AB123", "usps", "dhl"), change("AB123", "usps", "deutsche-post")});
  EXPECT_TRUE(outcomes[0].ok());
  EXPECT_TRUE(outcomes[1].ok());
  EXPECT_TRUE(outcomes[2].ok());
  EXPECT_EQ(outcomes[3].error(), ChangeCarrierError::NotTracked);
  EXPECT_EQ(room.stored(first).carrier, carrier("dhl"));
  EXPECT_EQ(room.stored(second).carrier, carrier("phlpost"));
}

TEST_F(CarrierChanges, OfACarrierThatCannotBeAskedWait) {
  room.gateway.unreachable.insert(carrier("usps"));
  const auto id = room.add(registration("AB123", "phlpost")).id;
  run({change("AB123", "phlpost", "usps")});
  EXPECT_TRUE(room.schedule(id)->waiting);
}

}  // namespace
}  // namespace parcelwake::app
