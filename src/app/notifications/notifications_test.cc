// What becomes of a change: from an answer through the outbox to the last attempt.
#include <gtest/gtest.h>

#include "app/notifications/claim_deliveries.h"
#include "app/notifications/settle_deliveries.h"
#include "app/polling/apply_answers.h"
#include "app/testing/store_room.h"
#include "app/trackings/update_trackings.h"

namespace parcelwake::app {
namespace {

using domain::Disabled;
using domain::Endpoint;
using domain::EndpointId;
using domain::Status;
using domain::examples::kDelivered;
using domain::examples::kInTransit;
using domain::examples::report_of;
using domain::examples::scan_reading;
using ports::WebhookError;
using testing::kAccount;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::StoreRoom;
using namespace std::chrono_literals;

constexpr domain::RetryRule kRule;

ports::WebhookOutcome failing(WebhookError error = WebhookError::NotTaken,
                              std::optional<std::chrono::milliseconds> retry_after = {}) {
  return fail(ports::WebhookFailure{.error = error, .detail = "503", .retry_after = retry_after});
}

struct Notifications : ::testing::Test {
  StoreRoom room;
  const RegisterCommand registered = registration("AB123");
  const domain::TrackingId id = room.add(registered).id;

  ports::NotificationStore& store() { return room.store.notifications(); }

  EndpointId listen(domain::StatusSet statuses = {}, domain::AccountId account = kAccount) {
    Endpoint endpoint;
    endpoint.account = account;
    endpoint.url = "https://shop.example/";
    endpoint.statuses = statuses;
    return room.in_transaction([&] { return store().add_endpoint(endpoint); }).id;
  }
  Endpoint endpoint(EndpointId wanted) {
    const auto endpoints = store().endpoints();
    for (const Endpoint& each : *endpoints) {
      if (each.id == wanted) return each;
    }
    ADD_FAILURE() << "no endpoint " << wanted.value;
    return {};
  }
  void answer(std::vector<ports::CarrierAnswer> answers, Timestamp now = kNoon) {
    std::vector<AnswerCommand> commands;
    for (auto& one : answers) commands.push_back({.id = id, .origin = std::move(one), .destination = {}});
    room.in_transaction([&] { return apply_answers(commands, room.store, room.catalogue, room.random, now); });
  }
  void answer(domain::Reading reading, int hour = 9) { answer({report_of({scan_reading(1, hour, reading)})}); }
  ClaimedDeliveries claim(Timestamp now = kNoon) {
    const ClaimDeliveriesCommand claim{
        .changes = 100, .limits = {.deliveries = 100, .per_endpoint = 100, .under_way = {}}, .lease = 1min};
    return room.in_transaction([&] { return claim_deliveries(claim, store(), now); });
  }
  Settled settle(const AddressedDelivery& delivery, ports::WebhookOutcome outcome, Timestamp now = kNoon) {
    const SettleCommand command{.delivery = delivery.delivery.id,
                                .endpoint = delivery.endpoint.id,
                                .failures = delivery.delivery.failures,
                                .outcome = std::move(outcome)};
    return room
        .in_transaction([&] { return settle_deliveries(std::span(&command, 1), store(), kRule, room.random, now); })
        .front();
  }
  std::size_t noted() { return store().noted(100)->size(); }
};

TEST_F(Notifications, AChangeOfStatusIsToldAsItWas) {
  const EndpointId endpoint = listen();
  answer(kInTransit);
  const auto claimed = claim();
  ASSERT_EQ(claimed.deliveries.size(), 1U);
  EXPECT_EQ(claimed.deliveries[0].endpoint.id, endpoint);
  EXPECT_EQ(claimed.deliveries[0].delivery.notice.tracking, room.stored(id));
  EXPECT_EQ(claimed.deliveries[0].delivery.notice.changed_at, kNoon);
  EXPECT_TRUE(claimed.listening);
  EXPECT_FALSE(claimed.more_are_noted);
}

TEST_F(Notifications, NobodyListeningCostsNoOutboxRow) {
  answer(kInTransit);
  EXPECT_EQ(noted(), 0U);
  listen({}, domain::AccountId{8});
  answer(kDelivered, 10);
  EXPECT_EQ(noted(), 0U);
}

TEST_F(Notifications, WhatMovesNothingIsNoNews) {
  listen();
  answer(kInTransit);
  answer(kInTransit);
  EXPECT_EQ(noted(), 1U);
  answer({testing::failing(ports::CarrierError::Unreachable)});
  EXPECT_EQ(noted(), 1U);
}

TEST_F(Notifications, AStatusThatIsSetByHandIsNoNewsAndHidesWhatIs) {
  listen();
  const UpdateCommand by_hand{
      .key = key_of(registered), .details = {}, .archived = {}, .status = ManualStatus::Exception};
  room.in_transaction([&] { return update_trackings(std::span(&by_hand, 1), room.store, kNoon); });
  answer(kDelivered);
  EXPECT_EQ(noted(), 0U);
}

TEST_F(Notifications, EachChangeOfOnePassIsToldAsItWas) {
  listen();
  answer({report_of({scan_reading(1, 9, kInTransit)}), report_of({scan_reading(1, 10, kDelivered)})});
  ASSERT_EQ(noted(), 2U);
  const auto first = claim();
  ASSERT_EQ(first.deliveries.size(), 1U);
  EXPECT_EQ(first.deliveries[0].delivery.notice.tracking.status(), Status::Transit);
  EXPECT_EQ(settle(first.deliveries[0], std::string("200")), Settled::Delivered);
  const auto second = claim();
  ASSERT_EQ(second.deliveries.size(), 1U);
  EXPECT_EQ(second.deliveries[0].delivery.notice.tracking.status(), Status::Delivered);
  EXPECT_EQ(second.deliveries[0].delivery.notice.sequence, 2);
}

TEST_F(Notifications, ExpiryIsNews) {
  listen();
  answer({testing::failing(ports::CarrierError::UnknownNumber)}, kNoon + 24h * 31);
  ASSERT_EQ(noted(), 1U);
  EXPECT_EQ(store().noted(1)->front().status, Status::Expired);
}

TEST_F(Notifications, OnlyEnabledEndpointsOfTheAccountThatWantTheStatusAreTold) {
  const EndpointId all = listen();
  const EndpointId of_deliveries = listen({Status::Delivered});
  listen({}, domain::AccountId{8});
  Endpoint disabled = endpoint(listen());
  disabled.disabled = Disabled::Gone;
  room.in_transaction([&] { return store().update_endpoint(disabled); });
  answer(kInTransit);
  auto claimed = claim();
  ASSERT_EQ(claimed.deliveries.size(), 1U);
  EXPECT_EQ(claimed.deliveries[0].endpoint.id, all);
  settle(claimed.deliveries[0], std::string("200"));
  answer(kDelivered, 10);
  claimed = claim();
  ASSERT_EQ(claimed.deliveries.size(), 2U);
  EXPECT_EQ(claimed.deliveries[1].endpoint.id, of_deliveries);
}

TEST_F(Notifications, AFailureIsTriedAgainAfterItsPauseAndDroppedAfterTheLast) {
  const EndpointId to = listen();
  answer(kInTransit);
  Timestamp now = kNoon;
  for (unsigned attempt = 1; attempt < kRule.attempts; ++attempt) {
    const auto claimed = claim(now);
    ASSERT_EQ(claimed.deliveries.size(), 1U) << attempt;
    EXPECT_EQ(claimed.deliveries[0].delivery.failures, attempt - 1);
    EXPECT_EQ(settle(claimed.deliveries[0], failing(), now), Settled::PutOff);
    const auto pause = 30s * (1 << (attempt - 1));
    EXPECT_TRUE(claim(now + pause - 1ms).deliveries.empty()) << attempt;
    now += pause + pause / 10;
  }
  EXPECT_EQ(endpoint(to).failing_since, kNoon);
  EXPECT_EQ(settle(claim(now).deliveries.at(0), failing(), now), Settled::Dropped);
  EXPECT_EQ(*store().pending(to), 0);
  EXPECT_TRUE(endpoint(to).enabled());
}

TEST_F(Notifications, RetryAfterIsHonoured) {
  listen();
  answer(kInTransit);
  settle(claim().deliveries.at(0), failing(WebhookError::NotTaken, 10min));
  EXPECT_TRUE(claim(kNoon + 9min).deliveries.empty());
  EXPECT_EQ(claim(kNoon + 12min).deliveries.size(), 1U);
}

TEST_F(Notifications, GoneDisablesTheEndpointAndDropsAllThatIsOnItsWay) {
  const EndpointId gone = listen();
  const EndpointId other = listen();
  answer(kInTransit);
  answer(kDelivered, 10);
  const auto claimed = claim();
  ASSERT_EQ(claimed.deliveries.size(), 2U);
  const bool gone_is_first = claimed.deliveries[0].endpoint.id == gone;
  EXPECT_EQ(settle(claimed.deliveries[gone_is_first ? 0 : 1], failing(WebhookError::Gone)), Settled::Disabled);
  EXPECT_EQ(endpoint(gone).disabled, Disabled::Gone);
  EXPECT_EQ(*store().pending(gone), 0);
  EXPECT_EQ(*store().pending(other), 2);
}

TEST_F(Notifications, AnEndpointThatOnlyFailsForDaysIsDisabled) {
  const EndpointId to = listen();
  answer(kInTransit);
  settle(claim().deliveries.at(0), failing());
  const Timestamp later = kNoon + kRule.disable_after;
  EXPECT_EQ(settle(claim(later).deliveries.at(0), failing(), later), Settled::Disabled);
  EXPECT_EQ(endpoint(to).disabled, Disabled::Failing);
  answer(kDelivered, 10);
  EXPECT_EQ(noted(), 0U);
}

TEST_F(Notifications, ASuccessEndsATimeOfFailing) {
  const EndpointId to = listen();
  answer(kInTransit);
  settle(claim().deliveries.at(0), failing());
  settle(claim(kNoon + 1min).deliveries.at(0), std::string("200"), kNoon + 1min);
  EXPECT_FALSE(endpoint(to).failing_since);
  EXPECT_EQ(endpoint(to).last_outcome, "200");
}

TEST_F(Notifications, WhatWasNotTriedIsDueAtOnceAndCostsNoAttempt) {
  const EndpointId to = listen();
  answer(kInTransit);
  EXPECT_EQ(settle(claim().deliveries.at(0), failing(WebhookError::Stopped)), Settled::Released);
  const auto again = claim();
  ASSERT_EQ(again.deliveries.size(), 1U);
  EXPECT_EQ(again.deliveries[0].delivery.failures, 0U);
  EXPECT_FALSE(endpoint(to).failing_since);
}

TEST_F(Notifications, AnOutcomeOfARemovedEndpointIsPassedOver) {
  const EndpointId to = listen();
  answer(kInTransit);
  const auto claimed = claim();
  room.in_transaction([&] { return store().remove_endpoint(to); });
  EXPECT_EQ(settle(claimed.deliveries.at(0), failing()), Settled::Dropped);
}

}  // namespace
}  // namespace parcelwake::app
