#include "domain/tracking/judgement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using examples::kDelivered;
using examples::kInTransit;
using examples::kOutForDelivery;
using examples::kReturned;
using examples::kReturning;
using examples::scan;
using examples::scan_reading;
using examples::utc;
using examples::wall;

constexpr Reading kNotFound{Status::NotFound, Substatus::InfoReceived};
constexpr Reading kAttemptFailed{Status::Undelivered, Substatus::AttemptFailed};

Leg leg_of(std::vector<Checkpoint> checkpoints) {
  Leg leg;
  leg.timeline.merge(checkpoints);
  return leg;
}

std::optional<Reading> judged(std::vector<Checkpoint> checkpoints) {
  return judge(leg_of(std::move(checkpoints)), Leg{});
}

Checkpoint timeless(Reading reading) {
  Checkpoint checkpoint = scan_reading(1, 0, reading);
  checkpoint.time = EventTime{.wall = wall(2030, 1, 1), .offset = {}, .offset_told = false};
  return checkpoint;
}

Checkpoint reaching(Milestone milestone, unsigned day) {
  Checkpoint checkpoint = scan(day, 9);
  checkpoint.milestone = milestone;
  return checkpoint;
}

TEST(Judge, IsNothingWhenNothingCanBeRead) {
  EXPECT_EQ(judge(Leg{}, Leg{}), std::nullopt);
  EXPECT_EQ(judged({scan_reading(2, 9, std::nullopt)}), std::nullopt);
}

TEST(Judge, IsTheNewestReading) {
  EXPECT_EQ(judged({scan_reading(2, 9, kInTransit), scan_reading(3, 9, kOutForDelivery)}), kOutForDelivery);
  EXPECT_EQ(judged({scan_reading(2, 9, kOutForDelivery), scan_reading(3, 9, kAttemptFailed)}), kAttemptFailed);
}

TEST(Judge, UnmappedRowsKeepTheStatus) {
  EXPECT_EQ(judged({scan_reading(2, 9, kOutForDelivery), scan_reading(3, 9, std::nullopt)}), kOutForDelivery);
}

TEST(Judge, NoticesNeverCount) {
  Checkpoint notice = scan_reading(3, 9, kDelivered);
  notice.notice = true;
  EXPECT_EQ(judged({scan_reading(2, 9, kInTransit), notice}), kInTransit);
  EXPECT_EQ(judged({notice}), std::nullopt);
}

TEST(Judge, DeliveredIsFinal) {
  for (const Reading& later : {kInTransit, kOutForDelivery, kNotFound, kAttemptFailed,
                               Reading{Status::Exception, Substatus::OtherException}}) {
    EXPECT_EQ(judged({scan_reading(2, 9, kDelivered), scan_reading(3, 9, later)}), kDelivered);
  }
}

TEST(Judge, DeliveredIsFinalAcrossTheLegs) {
  EXPECT_EQ(judge(leg_of({scan_reading(3, 9, kInTransit)}), leg_of({scan_reading(2, 9, kDelivered)})), kDelivered);
}

TEST(Judge, ALaterRowMayTellTheDeliveryFiner) {
  const Reading finer{Status::Delivered, Substatus::SignedByCustomer};
  EXPECT_EQ(judged({scan_reading(2, 9, kDelivered), scan_reading(2, 10, finer)}), finer);
}

TEST(Judge, AReturnUndoesTheDelivery) {
  EXPECT_EQ(judged({scan_reading(2, 9, kDelivered), scan_reading(3, 9, kReturned)}), kReturned);
  EXPECT_EQ(judged({scan_reading(2, 9, kDelivered), scan_reading(3, 9, kReturning), scan_reading(4, 9, kInTransit)}),
            kInTransit);
  EXPECT_EQ(judged({scan_reading(2, 9, kReturning), scan_reading(3, 9, kDelivered)}), kDelivered);
}

TEST(Judge, RowsWithoutATimeYieldToTimedOnes) {
  EXPECT_EQ(judged({timeless(kNotFound), scan_reading(2, 9, kInTransit)}), kInTransit);
  EXPECT_EQ(judge(leg_of({scan_reading(2, 9, kInTransit)}), leg_of({timeless(kNotFound)})), kInTransit);
  EXPECT_EQ(
      judge(leg_of({timeless(kNotFound), scan_reading(2, 9, kInTransit)}), leg_of({scan_reading(1, 9, kNotFound)})),
      kInTransit);
}

TEST(Judge, NewestOfBothLegsCounts) {
  const Leg older = leg_of({scan_reading(2, 9, kInTransit)});
  const Leg newer = leg_of({scan_reading(3, 9, kOutForDelivery)});
  EXPECT_EQ(judge(older, newer), kOutForDelivery);
  EXPECT_EQ(judge(newer, older), kOutForDelivery);
}

TEST(Judge, OfTwoLegsAtOneMomentTheDestinationCounts) {
  EXPECT_EQ(judge(leg_of({scan_reading(2, 9, kInTransit)}), leg_of({scan_reading(2, 9, kOutForDelivery)})),
            kOutForDelivery);
}

TEST(Judge, TakesTheCarriersOwnStatusOnlyWhenNoRowCanBeRead) {
  Leg origin = leg_of({scan_reading(2, 9, std::nullopt)});
  origin.reported = kOutForDelivery;
  EXPECT_EQ(judge(origin, Leg{}), kOutForDelivery);
  EXPECT_EQ(judge(Leg{}, origin), kOutForDelivery);
  origin.timeline.merge(std::vector{scan_reading(1, 9, kInTransit)});
  EXPECT_EQ(judge(origin, Leg{}), kInTransit);
}

TEST(Judge, OfTwoOwnStatusesTheLaterCountsAndDeliveredIsFinal) {
  Leg origin;
  origin.reported = kInTransit;
  origin.reported_at = utc(2024, 3, 2);
  Leg destination;
  destination.reported = kOutForDelivery;
  destination.reported_at = utc(2024, 3, 1);
  EXPECT_EQ(judge(origin, destination), kInTransit);
  destination.reported_at = origin.reported_at;
  EXPECT_EQ(judge(origin, destination), kOutForDelivery);
  destination.reported = kDelivered;
  destination.reported_at = utc(2024, 3, 1);
  EXPECT_EQ(judge(origin, destination), kDelivered);
}

RC_GTEST_PROP(Judge, DoesNotDependOnTheOrderOfArrival, ()) {
  std::vector<Checkpoint> rows;
  for (unsigned day = 1; day <= *rc::gen::inRange(1U, 12U); ++day) {
    rows.push_back(
        scan_reading(day, *rc::gen::inRange(0, 24),
                     *rc::gen::element<std::optional<Reading>>(std::nullopt, kNotFound, kInTransit, kOutForDelivery,
                                                               kAttemptFailed, kDelivered, kReturning, kReturned)));
    rows.back().notice = *rc::gen::arbitrary<bool>();
  }
  const auto expected = judged(rows);
  std::shuffle(rows.begin(), rows.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  Leg leg;
  for (const Checkpoint& row : rows) leg.timeline.merge({&row, 1});
  RC_ASSERT(judge(leg, Leg{}) == expected);
}

RC_GTEST_PROP(Judge, LateRowsOlderThanTheNewestReadingNeverChangeIt, ()) {
  Leg leg = leg_of({scan_reading(20, 9, *rc::gen::element(kInTransit, kOutForDelivery, kReturned))});
  const auto standing = judge(leg, Leg{});
  for (int i = 0; i < 5; ++i) {
    const auto day = *rc::gen::inRange(1U, 20U);
    const auto late = scan_reading(
        day, 9, *rc::gen::element<std::optional<Reading>>(std::nullopt, kNotFound, kInTransit, kAttemptFailed));
    leg.timeline.merge({&late, 1});
    RC_ASSERT(judge(leg, Leg{}) == standing);
  }
}

TEST(NewestCheckpoint, IsNoneWithoutCheckpoints) { EXPECT_EQ(newest_checkpoint(Leg{}, Leg{}), nullptr); }

TEST(NewestCheckpoint, IsTheNewestOfBothLegsAndOnTiesTheDestinations) {
  const Leg early = leg_of({scan(2, 9)});
  const Leg late = leg_of({scan(1, 9), scan(3, 9)});
  EXPECT_EQ(newest_checkpoint(early, Leg{}), &early.timeline.newest());
  EXPECT_EQ(newest_checkpoint(Leg{}, early), &early.timeline.newest());
  EXPECT_EQ(newest_checkpoint(early, late), &late.timeline.newest());
  EXPECT_EQ(newest_checkpoint(late, early), &late.timeline.newest());
  const Leg same = early;
  EXPECT_EQ(newest_checkpoint(early, same), &same.timeline.newest());
}

TEST(NewestCheckpoint, IsTimedWhereOneIs) {
  const Leg timed = leg_of({scan(2, 9)});
  const Leg untimed = leg_of({timeless(kInTransit)});
  EXPECT_EQ(newest_checkpoint(timed, untimed), &timed.timeline.newest());
  EXPECT_EQ(newest_checkpoint(untimed, timed), &timed.timeline.newest());
}

const Checkpoint* milestone(const Milestones& milestones, Milestone which) {
  return milestones[static_cast<std::size_t>(which)];
}

TEST(MilestonesOf, AreReachedTheFirstTime) {
  const Leg leg = leg_of({reaching(Milestone::OutForDelivery, 5), reaching(Milestone::FailedAttempt, 6),
                          reaching(Milestone::OutForDelivery, 7)});
  const Milestones found = milestones_of(leg.timeline, LegKind::Destination);
  EXPECT_EQ(milestone(found, Milestone::OutForDelivery), &leg.timeline.checkpoints()[0]);
  EXPECT_EQ(milestone(found, Milestone::FailedAttempt), &leg.timeline.checkpoints()[1]);
  EXPECT_EQ(milestone(found, Milestone::Delivered), nullptr);
}

TEST(MilestonesOf, AreNoneWithoutCheckpoints) {
  for (const Checkpoint* reached : milestones_of(Timeline{}, LegKind::Origin)) EXPECT_EQ(reached, nullptr);
}

TEST(MilestonesOf, TheFirstCheckpointStandsForItemReceivedWhereTheJourneyBegins) {
  const Leg leg = leg_of({scan(2, 9), reaching(Milestone::ItemDispatched, 3)});
  const Checkpoint* first = &leg.timeline.checkpoints().front();
  EXPECT_EQ(milestone(milestones_of(leg.timeline, LegKind::Origin), Milestone::ItemReceived), first);
  EXPECT_EQ(milestone(milestones_of(leg.timeline, LegKind::Destination), Milestone::ItemReceived), nullptr);
}

TEST(MilestonesOf, TheFirstCheckpointStandsForItemReceivedWhateverElseItIs) {
  const Leg leg = leg_of({reaching(Milestone::ItemDispatched, 3), scan(4, 9)});
  const Milestones found = milestones_of(leg.timeline, LegKind::Origin);
  EXPECT_EQ(milestone(found, Milestone::ItemReceived), &leg.timeline.checkpoints().front());
  EXPECT_EQ(milestone(found, Milestone::ItemDispatched), &leg.timeline.checkpoints().front());
}

TEST(MilestonesOf, ARowThatSaysItemReceivedIsPreferred) {
  const Leg leg = leg_of({scan(2, 9), reaching(Milestone::ItemReceived, 3)});
  EXPECT_EQ(milestone(milestones_of(leg.timeline, LegKind::Origin), Milestone::ItemReceived), &leg.timeline.newest());
}

TEST(MilestonesOf, ARowWithoutATimeDoesNotStandForItemReceived) {
  const Leg leg = leg_of({timeless(kNotFound), scan(2, 9)});
  EXPECT_EQ(milestone(milestones_of(leg.timeline, LegKind::Origin), Milestone::ItemReceived), &leg.timeline.newest());
}

Tracking travelled(WallTime first, WallTime newest, Status status) {
  Tracking tracking = examples::registered();
  Checkpoint a = scan(1, 0);
  a.time.wall = first;
  Checkpoint b = scan(1, 0);
  b.time.wall = newest;
  tracking.origin.timeline.merge(std::vector{a, b});
  tracking.computed_status = status;
  return tracking;
}

struct DayCountVector {
  WallTime first, newest, asked;
  bool delivered;
  DayCounts expected;
};

// Recorded TrackingMore v2 answers. The last was recorded without the time of the ask.
TEST(CountDays, FitsTheRecordedAnswers) {
  const DayCountVector vectors[] = {
      {wall(2019, 6, 3, 14, 57, 41), wall(2019, 7, 25, 22, 2, 5), wall(2019, 8, 20, 16, 15, 4), false, {79, 26}},
      {wall(2019, 6, 3, 14, 57, 41), wall(2019, 7, 22, 19, 33, 6), wall(2019, 8, 21, 15, 35, 5), false, {80, 30}},
      {wall(2019, 8, 5, 18, 42, 58), wall(2019, 8, 6, 18, 39, 14), wall(2019, 8, 19, 9, 51, 0), true, {1, 13}},
      {wall(2020, 9, 26, 15, 45, 0), wall(2020, 9, 28, 20, 19, 0), wall(2020, 9, 28, 20, 19, 0), true, {3, 0}},
  };
  for (const DayCountVector& v : vectors) {
    const auto days =
        count_days(travelled(v.first, v.newest, v.delivered ? Status::Delivered : Status::Transit), v.asked);
    ASSERT_TRUE(days);
    EXPECT_EQ(days->in_transit, v.expected.in_transit);
    EXPECT_EQ(days->since_newest, v.expected.since_newest);
  }
}

TEST(CountDays, IsNothingBeforeAnyCheckpointHasATime) {
  Tracking tracking = examples::registered();
  EXPECT_FALSE(count_days(tracking, wall(2024, 3, 1)));
  tracking.origin.timeline.merge(std::vector{timeless(kInTransit)});
  EXPECT_FALSE(count_days(tracking, wall(2024, 3, 1)));
}

TEST(CountDays, WholeDaysAreNotRoundedUpAndNeverNegative) {
  const Tracking tracking = travelled(wall(2024, 3, 2), wall(2024, 3, 3), Status::Transit);
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 4))->in_transit, 2);
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 4))->since_newest, 1);
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 1))->in_transit, 0);
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 1))->since_newest, 0);
}

TEST(CountDays, RunsOverBothLegs) {
  Tracking tracking = travelled(wall(2024, 3, 2), wall(2024, 3, 3), Status::Delivered);
  tracking.destination.timeline.merge(std::vector{scan(10, 0)});
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 11))->in_transit, 8);
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 11))->since_newest, 1);
}

TEST(CountDays, TakesTheStatusThatTheCustomerChose) {
  Tracking tracking = travelled(wall(2024, 3, 2), wall(2024, 3, 3), Status::Transit);
  tracking.manual_status = Status::Delivered;
  EXPECT_EQ(count_days(tracking, wall(2024, 3, 20))->in_transit, 1);
}

}  // namespace
}  // namespace parcelwake::domain
