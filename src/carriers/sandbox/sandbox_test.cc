#include "carriers/sandbox/sandbox.h"

#include <gtest/gtest.h>

#include "domain/tracking/absorb_report.h"

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;
using domain::Status;
using ports::CarrierError;

const Timestamp kRegistered = from_unix_seconds(1'700'000'000);

SandboxReply ask(std::string number, std::chrono::milliseconds later = 1min) {
  return ask_sandbox(domain::TrackingNumber::trusted(std::move(number)), kRegistered, kRegistered + later);
}

domain::Tracking after_asking(const std::string& number, std::chrono::milliseconds later = 1min) {
  domain::Tracking tracking;
  const auto reply = ask(number, later);
  EXPECT_TRUE(reply.answer.ok()) << number;
  if (reply.answer) domain::absorb_report(tracking, domain::LegKind::Origin, reply.answer.value(), kRegistered + later);
  return tracking;
}

TEST(Sandbox, EverySubstatusThatACarrierCanTellIsReachedByItsName) {
  for (std::size_t i = 0; i < domain::kSubstatusCount; ++i) {
    const auto substatus = static_cast<domain::Substatus>(i);
    if (substatus == domain::Substatus::Aged || substatus == domain::Substatus::NoInformation) continue;
    const std::string number = "sbx" + std::string(domain::name_of(substatus)) + "-A1";
    const auto tracking = after_asking(number);
    EXPECT_EQ(tracking.computed_substatus, substatus) << number;
    EXPECT_EQ(tracking.computed_status, domain::status_of(substatus)) << number;
  }
}

TEST(Sandbox, EveryStatusThatACarrierCanTellIsReachedByItsName) {
  EXPECT_EQ(after_asking("SBXINFO1").computed_status, Status::NotFound);
  EXPECT_EQ(after_asking("SBXTRANSIT1").computed_status, Status::Transit);
  EXPECT_EQ(after_asking("SBXPICKUP1").computed_status, Status::Pickup);
  EXPECT_EQ(after_asking("SBXDELIVERED1").computed_status, Status::Delivered);
  EXPECT_EQ(after_asking("SBXUNDELIVERED1").computed_status, Status::Undelivered);
  EXPECT_EQ(after_asking("SBXEXCEPTION1").computed_status, Status::Exception);
  EXPECT_EQ(after_asking("SBXRETURNED1").computed_substatus, domain::Substatus::Returned);
}

TEST(Sandbox, NumbersOfOtherVendorsMeanWhatTheyMeanThere) {
  EXPECT_EQ(after_asking("EZ2000000002").computed_status, Status::Transit);
  EXPECT_EQ(after_asking("ez4000000004").computed_status, Status::Delivered);
  EXPECT_EQ(after_asking("SHIPPO_RETURNED").computed_substatus, domain::Substatus::Returned);
  EXPECT_EQ(ask("EZ7000000007").answer.error().error, CarrierError::UnknownNumber);
}

TEST(Sandbox, FaultsAreToldApart) {
  EXPECT_EQ(ask("SBXFAULT500-1").answer.error().error, CarrierError::Unreachable);
  EXPECT_EQ(ask("SBXGARBAGE").answer.error().error, CarrierError::Unreadable);
  EXPECT_EQ(ask("SBXREFUSED").answer.error().error, CarrierError::Refused);
  EXPECT_EQ(ask("SBXINVALID").answer.error().error, CarrierError::InvalidNumber);
  EXPECT_EQ(ask("SBXNOTFOUND").answer.error().error, CarrierError::UnknownNumber);
  EXPECT_EQ(ask("SBXTHROTTLED").answer.error().retry_after, 30s);
  EXPECT_EQ(ask("SBXTIMEOUT").delay, 10s);
}

TEST(Sandbox, ANumberWithoutAScenarioIsUnknown) {
  EXPECT_EQ(ask("SBXNOSUCHTHING").answer.error().error, CarrierError::UnknownNumber);
  EXPECT_EQ(ask("1Z999AA10123456784").answer.error().error, CarrierError::UnknownNumber);
}

TEST(Sandbox, AWalkMovesOnlyForward) {
  EXPECT_EQ(ask("SBXWALK1", 4s).answer.error().error, CarrierError::UnknownNumber);
  domain::Tracking tracking;
  std::size_t changes = 0;
  for (auto later = 5000ms; later <= 70s; later += 1s) {
    const auto reply = ask("SBXWALK1", later);
    ASSERT_TRUE(reply.answer.ok());
    changes += absorb_report(tracking, domain::LegKind::Origin, reply.answer.value(), kRegistered + later);
  }
  EXPECT_EQ(changes, 13U);
  EXPECT_EQ(tracking.computed_substatus, domain::Substatus::CollectedByCustomer);
  EXPECT_EQ(tracking.facts.signed_by, "J. Doe");
}

TEST(Sandbox, AskingAgainTellsTheSame) {
  auto tracking = after_asking("SBXDELIVERED1");
  EXPECT_FALSE(
      absorb_report(tracking, domain::LegKind::Origin, ask("SBXDELIVERED1", 48h).answer.value(), kRegistered + 48h));
}

TEST(Sandbox, ClocksAreThoseOfThePlaces) {
  const auto report = ask("SBXDELIVERED1").answer.value();
  const auto& first = report.checkpoints.front();
  const auto& last = report.checkpoints.back();
  EXPECT_EQ(first.time.offset, UtcOffset{480min});
  EXPECT_TRUE(first.time.offset_told);
  EXPECT_EQ(last.time_raw, "2023-11-14T14:13:20-07:00");
  EXPECT_EQ(last.time.order_key(), kRegistered - 1h);
  EXPECT_EQ(last.time.order_key() - first.time.order_key(), 84h);
  EXPECT_EQ(report.delivered_at, last.time);
}

TEST(Sandbox, AHandOffNamesTheSecondCarrierAndItsNumber) {
  const auto report = ask("SBXHANDOFF77").answer.value();
  EXPECT_EQ(report.last_mile_carrier.text(), "sandbox");
  EXPECT_EQ(report.last_mile_number, "SBXLASTMILE77");
  EXPECT_EQ(after_asking("SBXLASTMILE77").computed_status, Status::Delivered);
}

TEST(Sandbox, AnUnmappedCodeKeepsTheStatusBefore) {
  const auto tracking = after_asking("SBXUNMAPPED");
  EXPECT_EQ(tracking.computed_substatus, domain::Substatus::ArrivedAtDeliveryFacility);
  EXPECT_EQ(tracking.origin.timeline.newest().code, "SB99");
}

TEST(Sandbox, AWalkSaysWhenItsNextStepIsDue) {
  EXPECT_EQ(ask("SBXWALK1", 0s).answer.error().retry_after, 5s);
  EXPECT_EQ(ask("SBXWALK1", 5s).answer.value().news_due_in, 5s);
  EXPECT_EQ(ask("SBXWALK1", 7s).answer.value().news_due_in, 3s);
  EXPECT_EQ(ask("SBXWALK1", 10min).answer.value().news_due_in, std::nullopt);
  EXPECT_EQ(ask("SBXDELIVERED").answer.value().news_due_in, std::nullopt);
  EXPECT_EQ(ask("SBXLATE", 20s).answer.error().retry_after, 40s);
}

}  // namespace
}  // namespace parcelwake::carriers
