#include "domain/policy/asking.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using examples::registered;
using examples::report_of;
using examples::scan;
using examples::scan_reading;
using examples::utc;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::uint32_t kMiddle = 1U << 31;
constexpr std::uint32_t kLargest = std::numeric_limits<std::uint32_t>::max();
const Timestamp kRegistered = registered().created_at;

Tracking heard(Checkpoint checkpoint) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, report_of({std::move(checkpoint)}), utc(2024, 3, 20));
  return tracking;
}

milliseconds interval(const Tracking& tracking, CarrierKind kind, Timestamp now) {
  return ask_interval(tracking, kind, now, kMiddle);
}

TEST(AskInterval, IsThreeHoursForExpressAndSixForPosts) {
  EXPECT_EQ(interval(registered(), CarrierKind::Express, kRegistered), hours{3});
  EXPECT_EQ(interval(registered(), CarrierKind::Post, kRegistered), hours{6});
}

TEST(AskInterval, WidensWithSilence) {
  const auto after = [](days silence) { return interval(registered(), CarrierKind::Express, kRegistered + silence); };
  EXPECT_EQ(interval(registered(), CarrierKind::Express, kRegistered + days{7} - milliseconds{1}), hours{3});
  EXPECT_EQ(after(days{7}), hours{6});
  EXPECT_EQ(after(days{20}), hours{6});
  EXPECT_EQ(after(days{21}), hours{12});
  EXPECT_EQ(after(days{59}), hours{12});
}

TEST(AskInterval, CountsSilenceFromTheNewestCheckpoint) {
  EXPECT_EQ(interval(heard(scan(15, 12)), CarrierKind::Express, utc(2024, 3, 20)), hours{3});
  EXPECT_EQ(interval(heard(scan(12, 12)), CarrierKind::Express, utc(2024, 3, 20)), hours{6});
}

TEST(AskInterval, IsAnHourWhileOutForDelivery) {
  const Tracking tracking = heard(scan_reading(2, 9, examples::kOutForDelivery));
  EXPECT_EQ(interval(tracking, CarrierKind::Post, utc(2024, 3, 2)), hours{1});
}

RC_GTEST_PROP(AskInterval, IsSpreadByATenth, (std::uint32_t dice)) {
  const auto spread = ask_interval(registered(), CarrierKind::Express, kRegistered, dice);
  RC_ASSERT(spread >= minutes{162});
  RC_ASSERT(spread <= minutes{198});
}

TEST(AskInterval, UsesTheWholeSpread) {
  EXPECT_EQ(ask_interval(registered(), CarrierKind::Express, kRegistered, 0), minutes{162});
  EXPECT_GT(ask_interval(registered(), CarrierKind::Express, kRegistered, kLargest), minutes{198} - milliseconds{10});
}

TEST(RetryInterval, DoublesFromTwoMinutesUpToTheAskInterval) {
  const auto after = [](unsigned failures) {
    return retry_interval(registered(), CarrierKind::Express, kRegistered, failures, kMiddle);
  };
  EXPECT_EQ(after(1), minutes{2});
  EXPECT_EQ(after(2), minutes{4});
  EXPECT_EQ(after(3), minutes{8});
  EXPECT_EQ(after(7), minutes{128});
  EXPECT_EQ(after(8), hours{3});
  EXPECT_EQ(after(40), hours{3});
  EXPECT_EQ(after(std::numeric_limits<unsigned>::max()), hours{3});
}

RC_GTEST_PROP(RetryInterval, NeverExceedsTheAskInterval, (std::uint32_t dice)) {
  const auto failures = *rc::gen::inRange(1U, 100U);
  const auto kind = *rc::gen::element(CarrierKind::Express, CarrierKind::Post);
  const auto now = kRegistered + days{*rc::gen::inRange(0, 60)};
  const auto pause = retry_interval(registered(), kind, now, failures, dice);
  RC_ASSERT(pause > milliseconds{0});
  RC_ASSERT(pause <= ask_interval(registered(), kind, now, dice));
}

TEST(ExpiresAt, CountsFromTheRegistrationWhileNothingWasHeard) {
  EXPECT_EQ(expires_at(registered(), CarrierKind::Express), kRegistered + days{30});
  EXPECT_EQ(expires_at(registered(), CarrierKind::Post), kRegistered + days{60});
}

TEST(ExpiresAt, CountsFromTheReAddingOfADeletedOne) {
  domain::Tracking tracking = registered();
  tracking.readded_at = kRegistered + days{100};
  EXPECT_EQ(expires_at(tracking, CarrierKind::Express), kRegistered + days{130});
}

TEST(ExpiresAt, CountsFromTheLaterOfRegistrationAndNewestCheckpoint) {
  EXPECT_EQ(expires_at(heard(scan(10, 9)), CarrierKind::Express), utc(2024, 3, 10, 9) + days{30});
  Checkpoint before = scan(1, 9);
  before.time.wall -= days{40};
  EXPECT_EQ(expires_at(heard(before), CarrierKind::Post), kRegistered + days{60});
}

TEST(ExpiresAt, CountsFromTheNewestOfBothLegs) {
  Tracking tracking = heard(scan(10, 9));
  absorb_report(tracking, LegKind::Destination, report_of({scan(12, 9)}), utc(2024, 3, 20));
  EXPECT_EQ(expires_at(tracking, CarrierKind::Express), utc(2024, 3, 12, 9) + days{30});
}

TEST(ExpiresAt, PassesOverRowsWithoutATime) {
  Checkpoint timeless = scan(20, 9);
  timeless.time.precision = Precision::None;
  EXPECT_EQ(expires_at(heard(timeless), CarrierKind::Express), kRegistered + days{30});
  Tracking tracking = heard(scan(10, 9));
  absorb_report(tracking, LegKind::Destination, report_of({timeless}), utc(2024, 3, 20));
  EXPECT_EQ(expires_at(tracking, CarrierKind::Express), utc(2024, 3, 10, 9) + days{30});
}

TEST(JourneyEnded, WhenDeliveredReturnedOrExpired) {
  EXPECT_TRUE(journey_ended(heard(scan_reading(2, 9, examples::kDelivered))));
  EXPECT_TRUE(journey_ended(heard(scan_reading(2, 9, examples::kReturned))));
  Tracking expired = registered();
  expire(expired, utc(2024, 4, 20));
  EXPECT_TRUE(journey_ended(expired));
}

TEST(JourneyEnded, NotWhileAnythingMayStillHappen) {
  EXPECT_FALSE(journey_ended(registered()));
  for (const Reading& reading : {examples::kInTransit, examples::kOutForDelivery, examples::kReturning,
                                 Reading{Status::Exception, Substatus::HeldByCustoms}}) {
    EXPECT_FALSE(journey_ended(heard(scan_reading(2, 9, reading))));
  }
}

TEST(JourneyEnded, NotByTheStatusThatTheCustomerChose) {
  Tracking tracking = heard(scan(2, 9));
  set_manual_status(tracking, Status::Delivered, utc(2024, 3, 20));
  EXPECT_FALSE(journey_ended(tracking));
}

}  // namespace
}  // namespace parcelwake::domain
