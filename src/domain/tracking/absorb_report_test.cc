#include "domain/tracking/absorb_report.h"

#include <gtest/gtest.h>

#include <vector>

#include "domain/tracking/examples.h"

namespace parcelwake::domain {
namespace {

using examples::kDelivered;
using examples::kInTransit;
using examples::kOutForDelivery;
using examples::kReturned;
using examples::registered;
using examples::report_of;
using examples::scan;
using examples::scan_reading;
using examples::utc;

const Timestamp kFirstAsk = utc(2024, 3, 4, 12);
const Timestamp kSecondAsk = utc(2024, 3, 4, 18);

CarrierReport full_report() {
  CarrierReport report = report_of({scan(2, 9), scan_reading(3, 9, kOutForDelivery)});
  report.reading = kOutForDelivery;
  report.facts.origin_country = "DE";
  report.facts.destination_country = "FR";
  report.facts.estimated_delivery = "2024-03-05";
  report.last_mile_carrier = CarrierCode::trusted("colissimo");
  report.last_mile_number = "6A12345678901";
  return report;
}

CarrierReport bare_report(Reading reading) {
  CarrierReport report;
  report.reading = reading;
  return report;
}

Tracking under_way() {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, report_of({scan(2, 9)}), kFirstAsk);
  return tracking;
}

TEST(AbsorbReport, JudgesTheTrackingAnew) {
  Tracking tracking = registered();
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk));
  EXPECT_EQ(tracking.status(), Status::Pickup);
  EXPECT_EQ(tracking.substatus(), Substatus::OutForDelivery);
  EXPECT_EQ(tracking.facts.origin_country, "DE");
  EXPECT_EQ(tracking.origin.timeline.checkpoints().size(), 2U);
  EXPECT_EQ(tracking.updated_at, kFirstAsk);
}

TEST(AbsorbReport, SameReportTwiceChangesNothing) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk);
  const Tracking before = tracking;
  CarrierReport again = full_report();
  for (Checkpoint& checkpoint : again.checkpoints) checkpoint.first_seen = kSecondAsk;
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, again, kSecondAsk));
  EXPECT_EQ(tracking, before);
}

TEST(AbsorbReport, AnEmptyReportChangesNothing) {
  for (Tracking tracking : {registered(), under_way()}) {
    const Tracking before = tracking;
    EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, CarrierReport{}, kSecondAsk));
    EXPECT_FALSE(absorb_report(tracking, LegKind::Destination, CarrierReport{}, kSecondAsk));
    EXPECT_EQ(tracking, before);
  }
}

TEST(AbsorbReport, ReportsInAnyOrderGiveTheSameJudgement) {
  const CarrierReport early = report_of({scan(2, 9)});
  const CarrierReport late = report_of({scan(2, 9), scan_reading(3, 9, kDelivered)});
  Tracking one = registered();
  absorb_report(one, LegKind::Origin, early, kFirstAsk);
  absorb_report(one, LegKind::Origin, late, kSecondAsk);
  Tracking other = registered();
  absorb_report(other, LegKind::Origin, late, kFirstAsk);
  EXPECT_FALSE(absorb_report(other, LegKind::Origin, early, kSecondAsk));
  EXPECT_EQ(one.status(), Status::Delivered);
  EXPECT_EQ(one.origin, other.origin);
  EXPECT_EQ(one.computed_status, other.computed_status);
}

TEST(AbsorbReport, UnmappedRowsAreKeptAndKeepTheStatus) {
  Tracking tracking = under_way();
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan_reading(3, 9, std::nullopt)}), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Transit);
  EXPECT_EQ(tracking.origin.timeline.checkpoints().size(), 2U);
  EXPECT_EQ(tracking.updated_at, kSecondAsk);
}

TEST(AbsorbReport, OnlyUnmappedRowsLeaveItPending) {
  Tracking tracking = registered();
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan_reading(3, 9, std::nullopt)}), kFirstAsk));
  EXPECT_EQ(tracking.status(), Status::Pending);
}

TEST(AbsorbReport, TheCarriersOwnStatusKeepsTheTimeItWasFirstSaid) {
  Tracking tracking = registered();
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), kFirstAsk));
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), kSecondAsk));
  EXPECT_EQ(tracking.origin.reported_at, kFirstAsk);
}

TEST(AbsorbReport, OwnStatusesOfTwoLegsDoNotFlap) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Destination, bare_report(kOutForDelivery), kFirstAsk);
  absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), kSecondAsk);
  const Tracking before = tracking;
  EXPECT_FALSE(absorb_report(tracking, LegKind::Destination, bare_report(kOutForDelivery), utc(2024, 3, 5)));
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), utc(2024, 3, 6)));
  EXPECT_EQ(tracking, before);
}

TEST(AbsorbReport, ADeliveryThatTheCarrierSaidOfItselfIsFinalUnlessReturned) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, bare_report(kDelivered), kFirstAsk);
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Delivered);
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, bare_report(kReturned), kSecondAsk));
  EXPECT_EQ(tracking.substatus(), Substatus::Returned);
}

TEST(AbsorbReport, AnOlderAnswersOwnStatusIsPassedOver) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, bare_report(kOutForDelivery), kSecondAsk);
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, bare_report(kInTransit), kFirstAsk));
  EXPECT_EQ(tracking.status(), Status::Pickup);
}

TEST(AbsorbReport, FactsNotToldStayAsTheyWere) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk);
  CarrierReport corrected;
  corrected.facts.estimated_delivery = "2024-03-06";
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, corrected, kSecondAsk));
  EXPECT_EQ(tracking.facts.estimated_delivery, "2024-03-06");
  EXPECT_EQ(tracking.facts.destination_country, "FR");
}

TEST(AbsorbReport, CarriersThatDisagreeAboutFactsDoNotFlap) {
  CarrierReport origin = report_of({scan(2, 9)});
  origin.facts = {.origin_country = "DE",
                  .destination_country = "FR",
                  .signed_by = "",
                  .service = "Paket",
                  .weight = "1.2 kg",
                  .reference = "R1",
                  .estimated_delivery = "2024-03-05"};
  CarrierReport destination = report_of({scan(3, 9)});
  destination.facts = {.origin_country = "CH",
                       .destination_country = "MC",
                       .signed_by = "Dupont",
                       .service = "Colis",
                       .weight = "1.19 kg",
                       .reference = "R2",
                       .estimated_delivery = "2024-03-06"};
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, origin, kFirstAsk);
  absorb_report(tracking, LegKind::Destination, destination, kFirstAsk);
  const Tracking before = tracking;
  EXPECT_EQ(before.facts.service, "Paket");
  EXPECT_EQ(before.facts.signed_by, "Dupont");
  EXPECT_EQ(before.facts.estimated_delivery, "2024-03-06");
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, origin, kSecondAsk));
  EXPECT_FALSE(absorb_report(tracking, LegKind::Destination, destination, kSecondAsk));
  EXPECT_EQ(tracking, before);
}

TEST(AbsorbReport, TheOriginNamesTheLastMile) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk);
  EXPECT_EQ(tracking.destination.carrier.text(), "colissimo");
  EXPECT_EQ(tracking.destination.number, "6A12345678901");
}

TEST(AbsorbReport, AReportThatNamesNoLastMileKeepsTheOneKnown) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk);
  CarrierReport again = full_report();
  again.last_mile_number.clear();
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, again, kSecondAsk));
  again.last_mile_carrier = CarrierCode();
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, again, kSecondAsk));
  EXPECT_EQ(tracking.destination.number, "6A12345678901");
}

TEST(AbsorbReport, AnotherLastMileDoesNotInheritTheNumber) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Origin, full_report(), kFirstAsk);
  CarrierReport again = full_report();
  again.last_mile_carrier = CarrierCode::trusted("chronopost");
  again.last_mile_number.clear();
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, again, kSecondAsk));
  EXPECT_EQ(tracking.destination.carrier.text(), "chronopost");
  EXPECT_EQ(tracking.destination.number, "");
}

TEST(AbsorbReport, TheDestinationNamesNoLastMile) {
  Tracking tracking = registered();
  absorb_report(tracking, LegKind::Destination, full_report(), kFirstAsk);
  EXPECT_TRUE(tracking.destination.carrier.empty());
  EXPECT_EQ(tracking.destination.timeline.checkpoints().size(), 2U);
  EXPECT_TRUE(tracking.origin.timeline.empty());
}

TEST(NoteUnknownNumber, MakesATrackingThatNothingWasHeardOfNotFound) {
  Tracking tracking = registered();
  EXPECT_TRUE(note_unknown_number(tracking, kFirstAsk));
  EXPECT_EQ(tracking.status(), Status::NotFound);
  EXPECT_EQ(tracking.substatus(), Substatus::NoInformation);
  EXPECT_EQ(tracking.updated_at, kFirstAsk);
}

TEST(NoteUnknownNumber, TwiceChangesNothing) {
  Tracking tracking = registered();
  note_unknown_number(tracking, kFirstAsk);
  EXPECT_FALSE(note_unknown_number(tracking, kSecondAsk));
  EXPECT_EQ(tracking.updated_at, kFirstAsk);
}

// Carriers forget parcels after some months.
TEST(NoteUnknownNumber, ForgetsNothingThatWasHeard) {
  Tracking unmapped = registered();
  absorb_report(unmapped, LegKind::Origin, report_of({scan_reading(2, 9, std::nullopt)}), kFirstAsk);
  Tracking by_destination = registered();
  absorb_report(by_destination, LegKind::Destination, report_of({scan(2, 9)}), kFirstAsk);
  Tracking bare = registered();
  absorb_report(bare, LegKind::Origin, bare_report(kDelivered), kFirstAsk);
  Tracking expired = registered();
  expire(expired, kFirstAsk);
  for (Tracking tracking : {under_way(), unmapped, by_destination, bare, expired}) {
    const Tracking before = tracking;
    EXPECT_FALSE(note_unknown_number(tracking, kSecondAsk));
    EXPECT_EQ(tracking, before);
  }
}

TEST(NoteUnknownNumber, IsUndoneByTheFirstReport) {
  Tracking tracking = registered();
  note_unknown_number(tracking, kFirstAsk);
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan(2, 9)}), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Transit);
}

TEST(ManualStatus, HidesTheComputedOneUntilTakenBack) {
  for (const Status chosen : {Status::Delivered, Status::Exception}) {
    Tracking tracking = under_way();
    EXPECT_TRUE(set_manual_status(tracking, chosen, kSecondAsk));
    EXPECT_EQ(tracking.status(), chosen);
    EXPECT_EQ(tracking.substatus(), std::nullopt);
    EXPECT_EQ(tracking.updated_at, kSecondAsk);
    EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan_reading(5, 9, kOutForDelivery)}), kSecondAsk));
    EXPECT_EQ(tracking.status(), chosen);
    EXPECT_TRUE(set_manual_status(tracking, std::nullopt, kSecondAsk));
    EXPECT_EQ(tracking.status(), Status::Pickup);
    EXPECT_EQ(tracking.substatus(), Substatus::OutForDelivery);
  }
}

TEST(ManualStatus, TheSameAgainChangesNothing) {
  Tracking tracking = under_way();
  EXPECT_FALSE(set_manual_status(tracking, std::nullopt, kSecondAsk));
  set_manual_status(tracking, Status::Delivered, kFirstAsk);
  const Timestamp changed = tracking.updated_at;
  EXPECT_FALSE(set_manual_status(tracking, Status::Delivered, kSecondAsk));
  EXPECT_EQ(tracking.updated_at, changed);
}

TEST(ManualStatus, EveryChangeHasATimeOfItsOwn) {
  Tracking tracking = under_way();
  Timestamp before = tracking.updated_at;
  for (const auto status : {Status::Delivered, Status::Exception, Status::Delivered}) {
    ASSERT_TRUE(set_manual_status(tracking, status, kFirstAsk)) << "all at one moment";
    EXPECT_GT(tracking.updated_at, before);
    before = tracking.updated_at;
  }
  set_manual_status(tracking, Status::Exception, kSecondAsk);
  EXPECT_EQ(tracking.updated_at, kSecondAsk);
}

TEST(ManualStatus, SurvivesExpiry) {
  Tracking tracking = under_way();
  set_manual_status(tracking, Status::Delivered, kFirstAsk);
  EXPECT_TRUE(expire(tracking, kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Delivered);
  set_manual_status(tracking, std::nullopt, kSecondAsk);
  EXPECT_EQ(tracking.status(), Status::Expired);
}

TEST(Expire, EndsAJourneyOnce) {
  Tracking tracking = under_way();
  EXPECT_TRUE(expire(tracking, kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Expired);
  EXPECT_EQ(tracking.substatus(), Substatus::Aged);
  EXPECT_EQ(tracking.updated_at, kSecondAsk);
  EXPECT_FALSE(expire(tracking, utc(2024, 3, 9)));
  EXPECT_EQ(tracking.updated_at, kSecondAsk);
}

TEST(Expire, LeavesAJourneyThatHasEnded) {
  for (const Reading& end : {kDelivered, kReturned}) {
    Tracking tracking = registered();
    absorb_report(tracking, LegKind::Origin, report_of({scan_reading(2, 9, end)}), kFirstAsk);
    const Tracking before = tracking;
    EXPECT_FALSE(expire(tracking, kSecondAsk));
    EXPECT_EQ(tracking, before);
  }
}

TEST(Expire, IsNotUndoneByHearingTheSameAgain) {
  Tracking tracking = under_way();
  expire(tracking, kFirstAsk);
  EXPECT_FALSE(absorb_report(tracking, LegKind::Origin, report_of({scan(2, 9)}), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Expired);
}

TEST(Expire, IsNotUndoneByAnOlderRow) {
  Tracking tracking = under_way();
  expire(tracking, kFirstAsk);
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan(1, 9)}), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Expired);
}

TEST(Expire, IsUndoneByANewerRowOrAnotherJudgement) {
  Tracking tracking = under_way();
  expire(tracking, kFirstAsk);
  EXPECT_TRUE(absorb_report(tracking, LegKind::Origin, report_of({scan(3, 9)}), kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Transit);

  Tracking delivered = under_way();
  expire(delivered, kFirstAsk);
  EXPECT_TRUE(absorb_report(delivered, LegKind::Origin, report_of({scan_reading(1, 9, kDelivered)}), kSecondAsk));
  EXPECT_EQ(delivered.status(), Status::Delivered);
}

TEST(Retrack, AnExpiredParcelStandsWhereItsCheckpointsSayAndIsAskedAgain) {
  Tracking tracking = under_way();
  expire(tracking, kFirstAsk);
  tracking.asking_ended = kFirstAsk;
  ASSERT_TRUE(retrack(tracking, kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Transit);
  EXPECT_TRUE(tracking.asked());
  EXPECT_EQ(tracking.updated_at, kSecondAsk);
  EXPECT_EQ(tracking.retracked_at, kSecondAsk);
}

TEST(Retrack, AParcelThatWasNeverHeardOfIsPendingAgain) {
  Tracking tracking = registered();
  expire(tracking, kFirstAsk);
  ASSERT_TRUE(retrack(tracking, kSecondAsk));
  EXPECT_EQ(tracking.status(), Status::Pending);
  EXPECT_FALSE(tracking.substatus());
}

TEST(Retrack, LeavesAloneWhatHasNotExpired) {
  Tracking tracking = under_way();
  const Tracking before = tracking;
  EXPECT_FALSE(retrack(tracking, kSecondAsk));
  EXPECT_EQ(tracking, before);
  expire(tracking, kFirstAsk);
  set_manual_status(tracking, Status::Delivered, kFirstAsk);
  EXPECT_FALSE(retrack(tracking, kSecondAsk)) << "the customer says that it arrived";
}

}  // namespace
}  // namespace parcelwake::domain
