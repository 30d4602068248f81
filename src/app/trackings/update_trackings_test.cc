#include "app/trackings/update_trackings.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;

const Timestamp kLater = kNoon + std::chrono::hours{5};

UpdateCommand titled(const ports::TrackingKey& key, std::string title) {
  UpdateCommand command;
  command.key = key;
  command.details.title = std::move(title);
  return command;
}

struct Updates : ::testing::Test {
  StoreRoom room;
  RegisterCommand added = [] {
    RegisterCommand command = registration("AB123");
    command.details.title = "shoes";
    command.details.order_id = "17";
    return command;
  }();
  domain::Tracking before = room.add(added);
  ports::TrackingKey key = key_of(added);

  std::vector<Result<domain::Tracking, UpdateError>> update(const std::vector<UpdateCommand>& commands) {
    return room.in_transaction([&] { return update_trackings(commands, room.store, kLater); });
  }
};

TEST_F(Updates, ChangeWhatIsGivenAndNothingElse) {
  const auto outcomes = update({titled(key, "boots")});
  domain::Tracking expected = before;
  expected.details.title = "boots";
  expected.updated_at = kLater;
  ASSERT_TRUE(outcomes.front().ok());
  EXPECT_EQ(*outcomes.front(), expected);
  EXPECT_EQ(room.stored(before.id), expected);
}

TEST_F(Updates, FindATrackingByItsIdWhereverItIs) {
  UpdateCommand by_id = titled({}, "boots");
  by_id.id = before.id;
  UpdateCommand of_nobody = titled(key, "hats");
  of_nobody.id = domain::TrackingId{};
  const auto outcomes = update({by_id, of_nobody, titled(key, "gloves"), by_id});
  ASSERT_TRUE(outcomes[0].ok());
  EXPECT_EQ(outcomes[0]->id, before.id);
  EXPECT_EQ(outcomes[0]->details.title, "boots");
  EXPECT_EQ(outcomes[1].error(), UpdateError::NotTracked) << "the key is not asked where there is an id";
  EXPECT_EQ(outcomes[2]->details.title, "gloves");
  EXPECT_EQ(outcomes[3]->details.title, "boots") << "one tracking, by key or by id";
  EXPECT_EQ(room.stored(before.id).details.title, "boots");
}

TEST_F(Updates, ReachEveryDetail) {
  UpdateCommand command;
  command.key = key;
  DetailsPatch& to = command.details;
  int made = 0;
  for (auto* text :
       {&to.title,       &to.customer_name,     &to.customer_email,   &to.customer_phone, &to.order_id,
        &to.comment,     &to.logistics_channel, &to.destination_code, &to.language,       &to.ship_date,
        &to.postal_code, &to.account_number,    &to.order_number,     &to.customer_sms,   &to.recipient_postcode,
        &to.label,       &to.tracking_key,      &to.origin_code,      &to.origin_told,    &to.destination_told}) {
    *text = "text " + std::to_string(++made);
  }
  to.order_time = kNoon;
  const domain::Details expected{.title = "text 1",
                                 .customer_name = "text 2",
                                 .customer_email = "text 3",
                                 .customer_phone = "text 4",
                                 .order_id = "text 5",
                                 .comment = "text 6",
                                 .logistics_channel = "text 7",
                                 .language = "text 9",
                                 .destination_code = "text 8",
                                 .ship_date = "text 10",
                                 .postal_code = "text 11",
                                 .account_number = "text 12",
                                 .order_number = "text 13",
                                 .customer_sms = "text 14",
                                 .recipient_postcode = "text 15",
                                 .label = "text 16",
                                 .tracking_key = "text 17",
                                 .origin_code = "text 18",
                                 .origin_told = "text 19",
                                 .destination_told = "text 20",
                                 .order_time = kNoon};
  EXPECT_EQ(update({command}).front()->details, expected);
  EXPECT_EQ(room.stored(before.id).details, expected);
}

TEST_F(Updates, MoveNoTimeWhenNothingChanges) {
  UpdateCommand same = titled(key, "shoes");
  same.archived = false;
  same.status = ManualStatus::Automatic;
  const auto outcomes = update({same, UpdateCommand{.key = key, .details = {}, .archived = {}, .status = {}}});
  EXPECT_EQ(*outcomes[0], before);
  EXPECT_EQ(*outcomes[1], before);
  EXPECT_EQ(room.stored(before.id), before);
}

TEST_F(Updates, OfOneTrackingTakeEffectOneAfterTheOther) {
  UpdateCommand archiving{.key = key, .details = {}, .archived = true, .status = {}};
  const auto outcomes = update({titled(key, "one"), archiving, titled(key, "two")});
  EXPECT_EQ(outcomes[0]->details.title, "one");
  EXPECT_FALSE(outcomes[0]->archived);
  EXPECT_EQ(outcomes[1]->details.title, "one");
  EXPECT_TRUE(outcomes[1]->archived);
  EXPECT_EQ(outcomes[2]->details.title, "two");
  EXPECT_EQ(room.stored(before.id), *outcomes[2]);
}

TEST_F(Updates, AManualStatusHidesTheComputedOneUntilTakenBack) {
  UpdateCommand command{.key = key, .details = {}, .archived = {}, .status = ManualStatus::Delivered};
  EXPECT_EQ(update({command}).front()->status(), domain::Status::Delivered);
  EXPECT_TRUE(room.schedule(before.id)) << "its carrier is still asked";
  command.status = ManualStatus::Exception;
  EXPECT_EQ(update({command}).front()->status(), domain::Status::Exception);
  command.status = ManualStatus::Automatic;
  EXPECT_EQ(update({command}).front()->status(), domain::Status::Pending);
}

TEST_F(Updates, OfAStrangerHarmNoNeighbour) {
  ports::TrackingKey stranger = key;
  stranger.folded_number = "ZZ999";
  ports::TrackingKey of_another_account = key;
  of_another_account.account.value = 8;
  const auto outcomes = update({titled(stranger, "x"), titled(key, "boots"), titled(of_another_account, "x")});
  EXPECT_EQ(outcomes[0].error(), UpdateError::NotTracked);
  EXPECT_EQ(outcomes[1]->details.title, "boots");
  EXPECT_EQ(outcomes[2].error(), UpdateError::NotTracked);
}

TEST_F(Updates, OfAnotherStateThanExpectedChangeNothing) {
  UpdateCommand command = titled(key, "boots");
  command.expected = {kNoon - std::chrono::hours{1}};
  EXPECT_EQ(update({command}).front().error(), UpdateError::Changed);
  const std::vector<DeleteCommand> deletion = {{key, command.expected}};
  const auto deleted = room.in_transaction([&] { return delete_trackings(deletion, room.store); });
  EXPECT_EQ(deleted.front().error(), UpdateError::Changed);
  EXPECT_EQ(room.stored(before.id), before);

  command.expected.push_back(before.updated_at);
  UpdateCommand late = titled(key, "late");
  late.expected = command.expected;
  const auto outcomes = update({command, late});
  EXPECT_EQ(outcomes[0]->details.title, "boots");
  EXPECT_EQ(outcomes[1].error(), UpdateError::Changed) << "the first of the two has moved it on";
}

TEST_F(Updates, ADeletionIsFoundOnce) {
  const std::vector<DeleteCommand> twice = {{key}, {key}};
  const auto outcomes = room.in_transaction([&] { return delete_trackings(twice, room.store); });
  EXPECT_TRUE(outcomes[0].ok());
  ASSERT_FALSE(outcomes[1].ok());
  EXPECT_EQ(outcomes[1].error(), UpdateError::NotTracked);
  EXPECT_FALSE(room.schedule(before.id));
  EXPECT_EQ(update({titled(key, "x")}).front().error(), UpdateError::NotTracked);
}

}  // namespace
}  // namespace parcelwake::app
