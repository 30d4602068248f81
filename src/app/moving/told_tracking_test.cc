#include "app/moving/told_tracking.h"

#include <gtest/gtest.h>

#include "app/testing/small_catalogue.h"
#include "domain/tracking/examples.h"

namespace parcelwake::app {
namespace {

using domain::Reading;
using domain::Status;
using domain::Substatus;
using domain::Tracking;
using domain::examples::kDelivered;
using domain::examples::scan_reading;
using domain::examples::utc;

constexpr UtcOffset kZone{};

ToldTracking told_in_transit() {
  ToldTracking told;
  told.number = "12345";
  told.carrier = "DHL";
  told.tracking.created_at = utc(2024, 3, 1, 12);
  told.tracking.updated_at = utc(2024, 3, 2, 11);
  told.origin_events = {scan_reading(2, 10, domain::examples::kInTransit)};
  told.standing = Reading{Status::Transit, Substatus::InTransit};
  told.asked = true;
  return told;
}

Result<ImportCommand, ImportFault> accepted(ToldTracking told) {
  const testing::SmallCatalogue catalogue;
  return accept(std::move(told), {.account = {7}, .time_zone = kZone, .catalogue = catalogue});
}

Tracking tracking_of(ToldTracking told) { return accepted(std::move(told))->tracking; }

TEST(ToldTracking, IsWholeButForItsId) {
  const Tracking tracking = tracking_of(told_in_transit());
  EXPECT_EQ(tracking.carrier, testing::carrier("dhl"));
  EXPECT_EQ(tracking.origin.carrier, tracking.carrier);
  EXPECT_EQ(tracking.account, domain::AccountId{7});
  EXPECT_EQ(tracking.status(), Status::Transit);
  EXPECT_EQ(tracking.created_at, utc(2024, 3, 1, 12));
  EXPECT_EQ(tracking.origin.timeline.checkpoints().size(), 1U);
  EXPECT_TRUE(tracking.asked());
}

TEST(ToldTracking, WhatCannotBeTakenOverSaysWhy) {
  ToldTracking told = told_in_transit();
  told.carrier = "nobody";
  EXPECT_EQ(accepted(told).error(), ImportFault::CarrierUnknown);
  told.carrier.clear();
  EXPECT_EQ(accepted(told).error(), ImportFault::CarrierUndetected);
  told.number = "!";
  EXPECT_EQ(accepted(told).error(), ImportFault::NumberMalformed);
  told.number.clear();
  EXPECT_EQ(accepted(told).error(), ImportFault::NumberMissing);
}

TEST(ToldTracking, AStatusThatNoEventGivesWasSetByHand) {
  ToldTracking told = told_in_transit();
  told.standing = Reading{Status::Delivered, std::nullopt};
  const Tracking tracking = tracking_of(told);
  EXPECT_EQ(tracking.manual_status, Status::Delivered);
  EXPECT_EQ(tracking.computed_status, Status::Transit);
  EXPECT_TRUE(tracking.asked());
}

TEST(ToldTracking, AStatusWithItsSubstatusIsTheKeepersOwnWord) {
  ToldTracking told = told_in_transit();
  told.standing = Reading{Status::Exception, Substatus::HeldByCustoms};
  EXPECT_EQ(tracking_of(told).manual_status, std::nullopt);
  EXPECT_EQ(tracking_of(told).substatus(), Substatus::HeldByCustoms);
  told.origin_events.clear();
  EXPECT_EQ(tracking_of(told).origin.reported, told.standing);
}

TEST(ToldTracking, AnExpiredOneIsAskedNoMore) {
  ToldTracking told = told_in_transit();
  told.standing = Reading{Status::Expired, Substatus::Aged};
  told.asked = false;
  EXPECT_EQ(tracking_of(told).status(), Status::Expired);
  EXPECT_FALSE(tracking_of(told).asked());
}

TEST(ToldTracking, AsksNoMoreOfWhatHasEnded) {
  ToldTracking told = told_in_transit();
  told.origin_events.push_back(scan_reading(3, 10, kDelivered));
  told.standing = kDelivered;
  told.asked.reset();
  EXPECT_EQ(tracking_of(told).asking_ended, told.tracking.updated_at);
}

TEST(ToldTracking, AskingEndedWhereTheDayCountsSayIt) {
  ToldTracking told = told_in_transit();
  told.asked = false;
  told.origin_events.push_back(scan_reading(4, 10, domain::examples::kOutForDelivery));
  told.standing = domain::examples::kOutForDelivery;
  told.days = {.in_transit = 10, .since_newest = 8};
  const Tracking tracking = tracking_of(told);
  ASSERT_TRUE(tracking.asking_ended);
  const auto days = domain::count_days(tracking, to_wall(*tracking.asking_ended, kZone));
  EXPECT_EQ(days->in_transit, 10);
  EXPECT_EQ(days->since_newest, 8);
  told.days = {.in_transit = 1, .since_newest = 80};
  EXPECT_EQ(tracking_of(told).asking_ended, told.tracking.updated_at);
}

}  // namespace
}  // namespace parcelwake::app
