#include "domain/policy/telling.h"

#include <gtest/gtest.h>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using namespace std::chrono_literals;

constexpr RetryRule kRule;

TEST(PauseBeforeRetry, DoublesFromThirtySecondsOnAndEndsWithTheFourteenthAttempt) {
  EXPECT_EQ(pause_before_retry(kRule, 1, {}, 0), 30s);
  EXPECT_EQ(pause_before_retry(kRule, 2, {}, 0), 60s);
  EXPECT_EQ(pause_before_retry(kRule, 7, {}, 0), 1920s);
  EXPECT_EQ(pause_before_retry(kRule, 13, {}, 0), 122'880s);
  EXPECT_FALSE(pause_before_retry(kRule, 14, {}, 0));
}

TEST(PauseBeforeRetry, IsSpreadByUpToATenth) {
  const auto longest = *pause_before_retry(kRule, 1, {}, 0xFFFF'FFFF);
  EXPECT_GT(longest, 32'900ms);
  EXPECT_LE(longest, 33s);
}

TEST(PauseBeforeRetry, IsNoShorterThanTheEndpointAsksForWithinADay) {
  EXPECT_EQ(pause_before_retry(kRule, 1, 2min, 0), 2min);
  EXPECT_EQ(pause_before_retry(kRule, 1, 5s, 0), 30s);
  EXPECT_EQ(pause_before_retry(kRule, 1, 24h * 365, 0), 24h);
}

TEST(PauseBeforeRetry, ManyAttemptsDoNotOverflow) {
  RetryRule patient = kRule;
  patient.attempts = 1000;
  EXPECT_GT(*pause_before_retry(patient, 999, {}, 0xFFFF'FFFF), 0ms);
}

TEST(StandingOf, IsWhatTheReaderSees) {
  Tracking tracking = examples::registered();
  tracking.computed_status = Status::Transit;
  tracking.computed_substatus = Substatus::InTransit;
  const Standing before = standing_of(tracking);
  tracking.computed_substatus = Substatus::ArrivedAtHub;
  EXPECT_NE(standing_of(tracking), before);
  tracking.manual_status = Status::Delivered;
  const Standing by_hand = standing_of(tracking);
  tracking.computed_status = Status::Exception;
  EXPECT_EQ(standing_of(tracking), by_hand);
}

TEST(GivenUp, AfterDaysOfNothingButFailures) {
  const Timestamp noon = examples::utc(2024, 3, 1, 12);
  Endpoint endpoint;
  EXPECT_FALSE(is_given_up(endpoint, kRule, noon));
  note_failure(endpoint, "503", noon);
  note_failure(endpoint, "503", noon + 96h);
  EXPECT_FALSE(is_given_up(endpoint, kRule, noon + 119h));
  EXPECT_TRUE(is_given_up(endpoint, kRule, noon + 120h));
  note_success(endpoint, "200", noon + 120h);
  EXPECT_FALSE(is_given_up(endpoint, kRule, noon + 1000h));
}

}  // namespace
}  // namespace parcelwake::domain
