#include "app/polling/ask_carriers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/testing/store_room.h"

namespace parcelwake::app {
namespace {

using testing::carrier;
using testing::failing;
using testing::kNoon;
using testing::registration;
using testing::ScriptedGateway;
using testing::StoreRoom;

// A parcel that was handed on under another number.
DueAsk of_two_legs(std::string number, std::uint64_t random = 1) {
  domain::Tracking tracking = domain::examples::registered();
  tracking.id = domain::TrackingId::make(5, kNoon, random);
  tracking.number = domain::TrackingNumber::trusted(number);
  tracking.origin.carrier = carrier("phlpost");
  tracking.destination.carrier = carrier("usps");
  tracking.destination.number = "LM" + number;
  return ask_of(tracking);
}

// What a carrier says that repeats the number it was asked for.
ports::CarrierAnswer echo(const ports::CarrierQuestion& question) {
  domain::CarrierReport report;
  report.number = question.number.text();
  return report;
}

TEST(AskOf, AsksEachLegByItsOwnNumber) {
  const DueAsk ask = of_two_legs("AB123");
  EXPECT_EQ(ask.origin.carrier, carrier("phlpost"));
  EXPECT_EQ(ask.origin.number.text(), "AB123");
  ASSERT_TRUE(ask.destination);
  EXPECT_EQ(ask.destination->carrier, carrier("usps"));
  EXPECT_EQ(ask.destination->number.text(), "LMAB123");
  EXPECT_FALSE(ask_of(domain::examples::registered()).destination);
}

TEST(AskCarriers, CallsBackOnceBothLegsHaveAnsweredInAnyOrder) {
  ScriptedGateway gateway;
  std::vector<AnswerCommand> answers;
  ask_carriers({of_two_legs("AB123", 1), of_two_legs("CD123", 2)}, gateway,
               [&](AnswerCommand answer) { answers.push_back(std::move(answer)); });
  ASSERT_EQ(gateway.open.size(), 4U);
  for (const std::size_t i : {3U, 0U}) gateway.open[i].answer(echo(gateway.open[i].question));
  EXPECT_TRUE(answers.empty());
  for (const std::size_t i : {2U, 1U}) gateway.open[i].answer(echo(gateway.open[i].question));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].origin->number, "CD123");
  EXPECT_EQ((*answers[0].destination)->number, "LMCD123");
  EXPECT_EQ(answers[1].origin->number, "AB123");
  EXPECT_NE(answers[0].id, answers[1].id);
}

TEST(AskCarriers, OneLegFailingKeepsTheOthersAnswer) {
  ScriptedGateway gateway;
  gateway.script = [](const ports::CarrierQuestion& question) {
    return question.carrier == carrier("usps") ? failing(ports::CarrierError::Unreachable) : echo(question);
  };
  std::optional<AnswerCommand> answer;
  ask_carriers({of_two_legs("AB123")}, gateway, [&](AnswerCommand given) { answer = std::move(given); });
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->origin.ok());
  EXPECT_EQ(answer->destination->error().error, ports::CarrierError::Unreachable);
}

TEST(AskCarriers, LegsMayAnswerFromTwoThreads) {
  for (int round = 0; round < 50; ++round) {
    ScriptedGateway gateway;
    std::atomic<int> called{0};
    std::vector<DueAsk> asks;
    for (std::uint64_t i = 0; i < 20; ++i) asks.push_back(of_two_legs("AB12" + std::to_string(i), i));
    ask_carriers(std::move(asks), gateway, [&](const AnswerCommand& answer) {
      called += answer.origin.ok() && answer.destination && answer.destination->ok() ? 1 : 0;
    });
    const auto answer_every_second = [&](std::size_t from) {
      for (std::size_t i = from; i < gateway.open.size(); i += 2)
        gateway.open[i].answer(echo(gateway.open[i].question));
    };
    std::thread other(answer_every_second, 1);
    answer_every_second(0);
    other.join();
    EXPECT_EQ(called, 20);
  }
}

TEST(ClaimDue, TakesWhatIsDueAndLeasesIt) {
  StoreRoom room;
  const auto first = room.add(registration("AB123"), kNoon);
  room.add(registration("CD123"), kNoon + std::chrono::hours{1});
  const ClaimCommand command{.limit = 10, .lease = std::chrono::minutes{5}};
  const auto claimed = room.in_transaction([&] { return claim_due(command, room.store, kNoon); });
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed.front().id, first.id);
  EXPECT_EQ(room.schedule(first.id)->due_at, kNoon + std::chrono::minutes{5});
  EXPECT_TRUE(room.in_transaction([&] { return claim_due(command, room.store, kNoon); }).empty());
}

TEST(ClaimDue, TakesNoMoreThanItsLimitSoonestFirst) {
  StoreRoom room;
  room.add(registration("CD123"), kNoon + std::chrono::seconds{1});
  const auto first = room.add(registration("AB123"), kNoon);
  const ClaimCommand command{.limit = 1, .lease = std::chrono::minutes{5}};
  const auto claimed =
      room.in_transaction([&] { return claim_due(command, room.store, kNoon + std::chrono::minutes{1}); });
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed.front().id, first.id);
}

}  // namespace
}  // namespace parcelwake::app
