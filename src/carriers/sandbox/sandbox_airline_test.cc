#include "carriers/sandbox/sandbox_airline.h"

#include <gtest/gtest.h>

#include <set>

#include "carriers/sandbox/air_scenario_book.h"

namespace parcelwake::carriers {
namespace {

using namespace std::chrono_literals;
using domain::Reading;
using domain::Status;
using domain::Substatus;
using ports::CarrierError;

const Timestamp kFirstAsked = from_unix_seconds(1'700'000'000);

SandboxAirlineReply ask(const std::string& serial, std::chrono::milliseconds later = 1min) {
  const auto number = domain::AirWaybill::parse("998-" + serial);
  EXPECT_TRUE(number.ok()) << serial;
  return ask_sandbox_airline(*number, kFirstAsked, kFirstAsked + later);
}

domain::AirShipment shipment(const std::string& serial, std::chrono::milliseconds later = 1min) {
  const auto reply = ask(serial, later);
  EXPECT_TRUE(reply.answer.ok()) << serial;
  return reply.answer ? reply.answer->shipment : domain::AirShipment{};
}

TEST(SandboxAirline, ASerialBeginsWithTheStatusItStandsAt) {
  const std::pair<const char*, const char*> kStands[] = {
      {"0100000", "BKD"}, {"0212345", "RCS"}, {"0300000", "MAN"}, {"0400000", "DEP"}, {"0500000", "ARR"},
      {"0600000", "RCF"}, {"0700000", "NFD"}, {"0800000", "AWD"}, {"0900000", "CCD"}, {"1099999", "DLV"},
      {"1100000", "DIS"}, {"1200000", "FOH"}, {"1300000", "RCT"},
  };
  for (const auto& [serial, code] : kStands) EXPECT_EQ(shipment(serial).status_code, code) << serial;
  EXPECT_EQ(shipment("1000000").reading, (Reading{Status::Delivered, Substatus::Delivered}));
  EXPECT_EQ(shipment("1100000").reading->status, Status::Exception);
  EXPECT_EQ(shipment("0600000").reading->substatus, Substatus::ArrivedInDestinationCountry);
}

TEST(SandboxAirline, FlightsTellPlanAndDeed) {
  const auto on_its_way = shipment("0600000");
  ASSERT_EQ(on_its_way.flights.size(), 2U);
  EXPECT_EQ(on_its_way.flights[0].number, "SX101");
  EXPECT_EQ(on_its_way.flights[0].departed.wall - on_its_way.flights[0].planned_departure.wall, 12min);
  EXPECT_EQ(on_its_way.flights[1].to, "PHX");
  EXPECT_EQ(on_its_way.flights[1].planned_arrival.offset, UtcOffset{-420min});
  EXPECT_EQ(on_its_way.stations, (std::vector<std::string>{"HKG", "DXB", "PHX"}));
  const auto booked = shipment("0100000");
  ASSERT_EQ(booked.flights.size(), 2U);
  EXPECT_EQ(booked.flights[0].departed.precision, domain::Precision::None);
  EXPECT_NE(booked.flights[1].planned_arrival.precision, domain::Precision::None);
  EXPECT_EQ(booked.pieces, 3);
  EXPECT_EQ(booked.weight, "612 kg");
}

TEST(SandboxAirline, AWalkPassesThroughEveryStep) {
  EXPECT_EQ(ask("2000000", 4s).answer.error().error, CarrierError::UnknownNumber);
  EXPECT_EQ(ask("2000000", 4s).answer.error().retry_after, 1s);
  std::set<std::string> codes;
  std::size_t events = 0;
  for (auto later = 5s; later <= 70s; later += 1s) {
    const auto walk = shipment("2000000", later);
    EXPECT_GE(walk.events.size(), events);
    events = walk.events.size();
    codes.insert(walk.status_code);
  }
  EXPECT_EQ(events, 13U);
  EXPECT_EQ(codes, (std::set<std::string>{"BKD", "RCS", "PRE", "MAN", "DEP", "ARR", "RCF", "NFD", "CCD", "DLV"}));
  EXPECT_EQ(ask("2000000", 7s).answer->news_due_in, 3s);
  EXPECT_EQ(ask("2000000", 10min).answer->news_due_in, std::nullopt);
}

TEST(SandboxAirline, AnUnknownCodeIsToldAsItIs) {
  const auto mystery = shipment("3000000");
  EXPECT_EQ(mystery.events.front().code, "SX9");
  EXPECT_EQ(mystery.status_code, "RCF");
  EXPECT_EQ(mystery.last_event, "Xyzzy");
}

TEST(SandboxAirline, AskingFailsInEveryWay) {
  EXPECT_EQ(ask("4000000").answer.error().error, CarrierError::UnknownNumber);
  EXPECT_EQ(ask("4100000").delay, 3s);
  EXPECT_EQ(ask("4200000").delay, 10s);
  EXPECT_EQ(ask("4300000").answer.error().error, CarrierError::Unreachable);
  EXPECT_EQ(ask("4400000").answer.error().error, CarrierError::Unreadable);
  EXPECT_EQ(ask("4500000").answer.error().retry_after, 30s);
  EXPECT_EQ(ask("4600000").answer.error().error, CarrierError::Refused);
  EXPECT_EQ(ask("4700000").answer.error().error, CarrierError::InvalidNumber);
  EXPECT_EQ(ask("9900000").answer.error().error, CarrierError::UnknownNumber);
}

std::string first_problem(std::string_view toml) {
  const auto loaded = AirScenarioBook::load(toml, "air.toml");
  return loaded ? "none" : to_string(loaded.error().front());
}

TEST(AirScenarioBook, MistakesAreTold) {
  constexpr std::string_view kHead =
      "[stations]\nHKG = \"+08:00\"\n[shipment]\norigin = \"HKG\"\ndestination = \"HKG\"\npieces = 1\nweight = \"1 "
      "kg\"\n"
      "[flights]\n[steps]\na = { hour = 1, code = \"BKD\", station = \"HKG\" }\nb = { code = \"RCS\", station = "
      "\"HKG\" }\n"
      "[scenarios]\n";
  const std::string head(kHead);
  EXPECT_EQ(first_problem(head + "01 = { steps = [\"a\"] }\n"), "none");
  EXPECT_NE(first_problem(head + "01 = { steps = [\"a\", \"b\"] }\n").find("comes before"), std::string::npos);
  EXPECT_NE(first_problem(head + "01 = { steps = [\"c\"] }\n").find("no step 'c'"), std::string::npos);
  EXPECT_NE(first_problem(head + "1 = { steps = [\"a\"] }\n").find("two digits"), std::string::npos);
  EXPECT_NE(first_problem(head + "01 = { }\n").find("either steps or an error"), std::string::npos);
  EXPECT_NE(first_problem(head + "01 = { error = \"odd\" }\n").find("no such error"), std::string::npos);
}

}  // namespace
}  // namespace parcelwake::carriers
