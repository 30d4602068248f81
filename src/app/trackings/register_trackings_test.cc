#include "app/trackings/register_trackings.h"

#include <gtest/gtest.h>

#include "app/testing/store_room.h"
#include "app/trackings/update_trackings.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using testing::carrier;
using testing::kAccount;
using testing::key_of;
using testing::kNoon;
using testing::registration;
using testing::SmallCatalogue;
using testing::StoreRoom;

ports::Candidate candidate(std::string code, double score, std::optional<bool> checksum = std::nullopt) {
  return {.carrier = carrier(std::move(code)), .carrier_name = {}, .format = {}, .checksum = checksum, .score = score};
}

RegisterRequest request(std::string_view number, std::string_view carrier_code) {
  return {.account = kAccount, .number = number, .carrier = carrier_code, .details = {}};
}

RegisterError refusal(std::string_view number, std::string_view carrier_code, CarrierChoice choice) {
  const auto accepted = accept(request(number, carrier_code), choice, SmallCatalogue());
  EXPECT_FALSE(accepted.ok());
  return accepted.error();
}

TEST(Accept, ChecksTheCarrierBeforeTheNumber) {
  EXPECT_EQ(refusal("", "", CarrierChoice::Required), RegisterError::CarrierUnknown);
  EXPECT_EQ(refusal("!", "nobody", CarrierChoice::DetectedWhenMissing), RegisterError::CarrierUnknown);
  EXPECT_EQ(refusal("", "dhl", CarrierChoice::Required), RegisterError::NumberMissing);
  EXPECT_EQ(refusal("!!!!!", "dhl", CarrierChoice::Required), RegisterError::NumberMalformed);
}

TEST(Accept, ChecksTheNumberBeforeDetectingTheCarrier) {
  EXPECT_EQ(refusal("", "", CarrierChoice::DetectedWhenMissing), RegisterError::NumberMissing);
  EXPECT_EQ(refusal("12", "", CarrierChoice::DetectedWhenMissing), RegisterError::NumberMalformed);
  EXPECT_EQ(refusal("12345", "", CarrierChoice::DetectedWhenMissing), RegisterError::CarrierUndetected);
}

TEST(Accept, TakesTheCarrierInAnyCaseAndTheNumberTrimmed) {
  const auto accepted = accept(request(" abC123 ", "DHL"), CarrierChoice::Required, SmallCatalogue());
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->carrier, carrier("dhl"));
  EXPECT_EQ(accepted->number.text(), "abC123");
}

TEST(Accept, DetectsWithTheDestinationAsHint) {
  SmallCatalogue catalogue;
  catalogue.candidates["12345"] = {candidate("usps", 0.9)};
  RegisterRequest asked = request("12345", "");
  asked.details.destination_code = "US";
  const auto accepted = accept(asked, CarrierChoice::DetectedWhenMissing, catalogue);
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->carrier, carrier("usps"));
  EXPECT_EQ(catalogue.last_hints.destination, "US");
}

TEST(DetectCarrier, GivesNothingWhenTwoFitEquallyWell) {
  SmallCatalogue catalogue;
  catalogue.candidates["12345"] = {candidate("dhl", 0.5), candidate("usps", 0.5)};
  EXPECT_EQ(detect_carrier("12345", {}, catalogue), std::nullopt);
  catalogue.candidates["12345"] = {candidate("dhl", 0.6), candidate("usps", 0.5)};
  EXPECT_EQ(detect_carrier("12345", {}, catalogue), carrier("dhl"));
}

TEST(DetectCarrier, GivesNothingWhenTheBestOnesCheckDigitFails) {
  SmallCatalogue catalogue;
  catalogue.candidates["12345"] = {candidate("dhl", 0.9, false)};
  EXPECT_EQ(detect_carrier("12345", {}, catalogue), std::nullopt);
  catalogue.candidates["12345"] = {candidate("dhl", 0.9, true)};
  EXPECT_EQ(detect_carrier("12345", {}, catalogue), carrier("dhl"));
}

TEST(RegisterTrackings, ANewOneIsPendingAndDueAtOnce) {
  StoreRoom room;
  const domain::Tracking added = room.add(registration("ab123"));
  EXPECT_EQ(added.status(), domain::Status::Pending);
  EXPECT_EQ(added.created_at, kNoon);
  EXPECT_EQ(added.updated_at, kNoon);
  EXPECT_EQ(added.origin.carrier, carrier("dhl"));
  EXPECT_EQ(added.id.moved_to(domain::bucket_of(kAccount, "AB123")), added.id);
  EXPECT_EQ(room.stored(added.id), added);
  ASSERT_TRUE(room.schedule(added.id));
  EXPECT_EQ(room.schedule(added.id)->due_at, kNoon);
  EXPECT_FALSE(room.schedule(added.id)->waiting);
}

TEST(RegisterTrackings, WaitsForACarrierThatCannotBeAsked) {
  StoreRoom room;
  room.gateway.unreachable.insert(carrier("dhl"));
  const domain::Tracking added = room.add(registration("AB123"));
  ASSERT_TRUE(room.schedule(added.id));
  EXPECT_TRUE(room.schedule(added.id)->waiting);
  EXPECT_EQ(room.schedule(added.id)->due_at, kNoon + domain::kWaitingInterval);
}

TEST(RegisterTrackings, TheSecondOfOneBatchIsADuplicateInAnyCaseOfItsLetters) {
  StoreRoom room;
  const std::vector<RegisterCommand> commands = {registration("ab123"), registration("AB123"),
                                                 registration("AB123", "usps")};
  const auto outcomes =
      room.in_transaction([&] { return register_trackings(commands, room.store, room.gateway, room.random, kNoon); });
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_TRUE(outcomes[0].ok());
  ASSERT_FALSE(outcomes[1].ok());
  EXPECT_EQ(outcomes[1].error(), RegisterError::AlreadyTracked);
  EXPECT_TRUE(outcomes[2].ok());
}

TEST(RegisterTrackings, OneThatIsThereIsADuplicateAndStaysAsItIs) {
  StoreRoom room;
  const domain::Tracking added = room.add(registration("AB123"));
  RegisterCommand again = registration("AB123");
  again.details.title = "another";
  const auto outcomes = room.in_transaction([&] {
    return register_trackings(std::span(&again, 1), room.store, room.gateway, room.random,
                              kNoon + std::chrono::hours{1});
  });
  ASSERT_FALSE(outcomes.front().ok());
  EXPECT_EQ(outcomes.front().error(), RegisterError::AlreadyTracked);
  EXPECT_EQ(room.stored(added.id), added);
}

TEST(RegisterTrackings, ADeletedOneComesBackWithIdAndFirstCreation) {
  StoreRoom room;
  RegisterCommand command = registration("ab123");
  command.details.title = "old";
  const domain::Tracking first = room.add(command);
  const auto key = key_of(command);
  room.in_transaction([&] { return delete_trackings(std::vector{DeleteCommand{key}}, room.store); });
  EXPECT_FALSE(room.schedule(first.id));

  const Timestamp later = kNoon + std::chrono::days{3};
  const RegisterCommand again = registration("AB123");
  const auto outcomes = room.in_transaction(
      [&] { return register_trackings(std::span(&again, 1), room.store, room.gateway, room.random, later); });
  ASSERT_TRUE(outcomes.front().ok());
  EXPECT_EQ(outcomes.front()->registered_at, later);
  EXPECT_EQ(outcomes.front()->tracking.id, first.id);
  const domain::Tracking revived = room.stored(first.id);
  EXPECT_EQ(revived.created_at, kNoon);
  EXPECT_EQ(revived.readded_at, later);
  EXPECT_EQ(revived.updated_at, later);
  EXPECT_EQ(revived.number.text(), "AB123");
  EXPECT_EQ(revived.details.title, "");
  ASSERT_TRUE(room.schedule(first.id));
  EXPECT_EQ(room.schedule(first.id)->due_at, later);
}

}  // namespace
}  // namespace parcelwake::app
