#include "domain/account/balance.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using examples::utc;

const Allowance kFree{.metered = true, .monthly = Units::whole(500)};

TEST(Balance, AMonthsGrantComesOnceAndWhatIsLeftOfTheOldLapses) {
  Balance balance;
  EXPECT_EQ(settle(balance, kFree, utc(2024, 1, 31, 23)),
            (std::vector<Movement>{{LedgerKind::MonthlyGrant, Units::whole(500)}}));
  EXPECT_TRUE(settle(balance, kFree, utc(2024, 1, 31, 23)).empty());
  ASSERT_TRUE(pay(balance, Units::whole(100)));
  EXPECT_EQ(
      settle(balance, kFree, utc(2024, 2, 1, 0)),
      (std::vector<Movement>{{LedgerKind::Lapse, Units::whole(-400)}, {LedgerKind::MonthlyGrant, Units::whole(500)}}));
  EXPECT_EQ(balance.total(), Units::whole(500));
}

TEST(Balance, AnEarlierMonthThanTheLastGrantsNothing) {
  Balance balance;
  settle(balance, kFree, utc(2024, 2, 1));
  const Balance before = balance;
  EXPECT_TRUE(settle(balance, kFree, utc(2024, 1, 31)).empty()) << "a clock that jumps back";
  EXPECT_EQ(balance, before);
}

TEST(Balance, ALargerPlanAddsItsDifferenceAtOnceAndASmallerOneNextMonth) {
  Balance balance;
  settle(balance, kFree, utc(2024, 2, 1));
  const Allowance large{.metered = true, .monthly = Units::whole(2000)};
  EXPECT_EQ(settle(balance, large, utc(2024, 2, 2)),
            (std::vector<Movement>{{LedgerKind::MonthlyGrant, Units::whole(1500)}}));
  EXPECT_TRUE(settle(balance, kFree, utc(2024, 2, 3)).empty());
  settle(balance, kFree, utc(2024, 3, 1));
  EXPECT_EQ(balance.total(), Units::whole(500));
}

TEST(Balance, ATrialsEndTakesTheGrantAndLeavesWhatWasPurchased) {
  const Allowance trial{.metered = true, .monthly = Units::whole(10), .ends = utc(2024, 2, 8)};
  Balance balance;
  settle(balance, trial, utc(2024, 2, 7));
  balance.purchased = Units::whole(3);
  EXPECT_EQ(settle(balance, trial, utc(2024, 2, 8)), (std::vector<Movement>{{LedgerKind::Lapse, Units::whole(-10)}}));
  EXPECT_TRUE(settle(balance, trial, utc(2024, 3, 8)).empty());
  EXPECT_EQ(balance.total(), Units::whole(3));
}

TEST(Balance, NobodyElsesBalanceIsTouched) {
  Balance balance{.purchased = Units::whole(3)};
  EXPECT_TRUE(settle(balance, Allowance{}, utc(2024, 2, 1)).empty());
  EXPECT_EQ(balance.total(), Units::whole(3));
}

TEST(Balance, PaysFromTheGrantFirstAndIsTakenBackFromThePurchaseFirst) {
  Balance balance{.granted = Units::whole(5), .purchased = Units::whole(5)};
  ASSERT_TRUE(pay(balance, Units::whole(6)));
  EXPECT_EQ(balance.granted, Units{});
  EXPECT_EQ(balance.purchased, Units::whole(4));
  balance.granted = Units::whole(5);
  ASSERT_TRUE(take_back(balance, Units::whole(6)));
  EXPECT_EQ(balance.granted, Units::whole(3));
  EXPECT_EQ(balance.purchased, Units{});
}

TEST(Balance, NeverFallsBelowNothing) {
  Balance balance{.granted = Units::tenths(1), .purchased = Units::tenths(1)};
  const Balance before = balance;
  EXPECT_FALSE(pay(balance, Units::tenths(3)));
  EXPECT_FALSE(take_back(balance, Units::tenths(3)));
  EXPECT_FALSE(pay(balance, Units::tenths(-3))) << "paying is no way to gain";
  EXPECT_EQ(balance, before);
  EXPECT_TRUE(pay(balance, Units::tenths(2)));
}

}  // namespace
}  // namespace parcelwake::domain
