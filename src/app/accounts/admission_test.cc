#include "app/accounts/admission.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using domain::Feature;
using domain::Permission;
using testing::kNoon;

struct AdmissionOf : ::testing::Test {
  Caller caller{.account = testing::kAccount};
  RateSettings settings;
  Demand demand{.permissions = {Permission::Read}, .feature = Feature::Realtime, .rate = RateClass::List};

  std::optional<Refusal> refusal() {
    RateLimits limits(settings);
    return admit(caller, demand, "", limits, kNoon).refusal;
  }
};

TEST_F(AdmissionOf, ACallerWithoutRestrictionsIsLetIn) { EXPECT_EQ(refusal(), std::nullopt); }

TEST_F(AdmissionOf, TheFirstReasonInTheDocumentedOrderIsTheOneGiven) {
  caller.permissions = {Permission::Write};
  caller.api = false;
  caller.blocked = true;
  caller.features_off = {Feature::Realtime};
  EXPECT_EQ(refusal(), Refusal::NotPermitted);
  caller.permissions = {Permission::Write, Permission::Read};
  EXPECT_EQ(refusal(), Refusal::PlanWithoutApi);
  caller.api = true;
  EXPECT_EQ(refusal(), Refusal::Blocked);
  caller.blocked = false;
  EXPECT_EQ(refusal(), Refusal::FeatureOff);
  demand.feature = Feature::Detect;
  EXPECT_EQ(refusal(), std::nullopt);
}

TEST_F(AdmissionOf, WhoIsNotLetInIsNotCounted) {
  RateLimits limits(settings);
  caller.blocked = true;
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(admit(caller, demand, "", limits, kNoon).rate);
  caller.blocked = false;
  EXPECT_FALSE(admit(caller, demand, "", limits, kNoon).refusal);
  const Admission second = admit(caller, demand, "", limits, kNoon);
  EXPECT_EQ(second.refusal, Refusal::TooManyCalls);
  ASSERT_TRUE(second.rate);
  EXPECT_EQ(second.rate->retry_after, std::chrono::seconds{1});
}

TEST_F(AdmissionOf, CallsOfDifferentClassesAreCountedApart) {
  RateLimits limits(settings);
  EXPECT_FALSE(admit(caller, demand, "", limits, kNoon).refusal);
  EXPECT_FALSE(admit(caller, {.rate = RateClass::Other}, "", limits, kNoon).rate) << "no limit by default";
  EXPECT_FALSE(admit(caller, {.rate = RateClass::Realtime}, "", limits, kNoon).refusal);
}

TEST_F(AdmissionOf, TheScopeSaysWhoseCallsAreCountedTogether) {
  const Caller other{.account = domain::AccountId{8}};
  RateLimits by_account(settings);
  EXPECT_FALSE(admit(caller, demand, "192.0.2.1", by_account, kNoon).refusal);
  EXPECT_TRUE(admit(caller, demand, "192.0.2.2", by_account, kNoon).refusal);
  EXPECT_FALSE(admit(other, demand, "192.0.2.1", by_account, kNoon).refusal);
  settings.scope = RateScope::Address;
  RateLimits by_address(settings);
  EXPECT_FALSE(admit(caller, demand, "192.0.2.1", by_address, kNoon).refusal);
  EXPECT_FALSE(admit(caller, demand, "192.0.2.2", by_address, kNoon).refusal);
  EXPECT_TRUE(admit(other, demand, "192.0.2.1", by_address, kNoon).refusal);
}

TEST_F(AdmissionOf, OneFactorRaisesOrRemovesAllLimits) {
  settings.factor = 10;
  RateLimits raised(settings);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(admit(caller, demand, "", raised, kNoon).refusal);
  EXPECT_TRUE(admit(caller, demand, "", raised, kNoon).refusal);
  settings.factor = 0;
  RateLimits removed(settings);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(admit(caller, demand, "", removed, kNoon).rate);
}

struct RemainingOf : ::testing::Test {
  testing::StoreRoom room;
  Caller caller{.account = testing::kAccount};
};

TEST_F(RemainingOf, AnAccountWithoutALimitIsNotCounted) {
  const auto left = remaining(caller, room.store.ledger(), kNoon);
  ASSERT_TRUE(left.ok());
  EXPECT_TRUE(left->unlimited);
  EXPECT_EQ(left->numbers, kUnlimitedNumbers);
  EXPECT_TRUE(*can_pay(caller, domain::Units::tenths(1), room.store.ledger(), kNoon));
}

TEST_F(RemainingOf, WhatIsDueCountsBeforeItIsWritten) {
  caller.allowance = {.metered = true, .monthly = domain::Units::whole(500)};
  EXPECT_EQ(remaining(caller, room.store.ledger(), kNoon)->numbers, 500);
  EXPECT_TRUE(*can_pay(caller, domain::Units::tenths(1), room.store.ledger(), kNoon));
  caller.allowance.ends = kNoon;
  EXPECT_EQ(remaining(caller, room.store.ledger(), kNoon)->numbers, 0);
  EXPECT_FALSE(*can_pay(caller, domain::Units::tenths(1), room.store.ledger(), kNoon));
}

}  // namespace
}  // namespace parcelwake::app
