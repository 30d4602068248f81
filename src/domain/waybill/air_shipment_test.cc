#include "domain/waybill/air_shipment.h"

#include <gtest/gtest.h>

#include "domain/waybill/air_status.h"

namespace parcelwake::domain {
namespace {

// The 1st of May 2024 at so many hours, by a clock without a zone.
EventTime at(int hour) {
  EventTime time;
  time.wall = WallTime{std::chrono::local_days{std::chrono::year{2024} / 5 / 1}} + std::chrono::hours{hour};
  time.precision = Precision::Minute;
  return time;
}

AirEvent happened(int hour, std::string code, std::string station, std::string flight = {}) {
  AirEvent event;
  event.happened = at(hour);
  event.code = std::move(code);
  event.station = std::move(station);
  event.flight = std::move(flight);
  return event;
}

// Booked in Hong Kong for Luxembourg by way of Baku, told oldest first.
AirShipment on_its_way() {
  AirShipment shipment;
  shipment.origin = "HKG";
  shipment.destination = "LUX";
  shipment.events = {happened(1, "BKD", "HKG"), happened(5, "rcs", "HKG"), happened(9, "DEP", "HKG", "CV7301"),
                     happened(15, "ARR", "GYD", "CV7301")};
  return shipment;
}

TEST(AirShipment, TheNewestEventSaysWhereItStands) {
  AirShipment shipment = on_its_way();
  complete(shipment);
  EXPECT_EQ(shipment.events.front().code, "ARR");
  EXPECT_EQ(shipment.events.back().code, "BKD");
  EXPECT_EQ(shipment.status_code, "ARR");
  EXPECT_EQ(shipment.reading, (Reading{Status::Transit, Substatus::InTransit}));
  EXPECT_EQ(shipment.last_event, "Arrived");
  EXPECT_EQ(shipment.events[2].text, "Received from shipper or agent");
  EXPECT_EQ(shipment.events[2].code, "RCS");
}

TEST(AirShipment, ArrivingAtTheDestinationIsMoreThanArriving) {
  AirShipment shipment = on_its_way();
  shipment.events.push_back(happened(20, "RCF", "LUX"));
  complete(shipment);
  EXPECT_EQ(shipment.reading, (Reading{Status::Transit, Substatus::ArrivedInDestinationCountry}));
}

TEST(AirShipment, AnUnknownCodeStaysUnknownAndMovesNothing) {
  AirShipment shipment = on_its_way();
  shipment.events.push_back(happened(16, "Q99", "GYD"));
  complete(shipment);
  EXPECT_EQ(shipment.events.front().code, "Q99");
  EXPECT_EQ(shipment.events.front().text, "Q99");
  EXPECT_EQ(shipment.last_event, "Q99");
  EXPECT_EQ(shipment.status_code, "ARR");
  AirShipment told = on_its_way();
  told.status_code = "Q99";
  complete(told);
  EXPECT_EQ(told.status_code, "Q99");
  EXPECT_FALSE(told.reading);
}

TEST(AirShipment, WhatIsOnlyPlannedHasNotHappened) {
  AirShipment shipment = on_its_way();
  AirEvent planned = happened(0, "DLV", "LUX");
  planned.planned = at(30);
  planned.happened = {};
  shipment.events.push_back(planned);
  complete(shipment);
  EXPECT_EQ(shipment.events.front().code, "DLV");
  EXPECT_EQ(shipment.status_code, "ARR");
  EXPECT_EQ(shipment.last_event, "Arrived");
}

TEST(AirShipment, DeparturesAndArrivalsTellOfFlights) {
  AirShipment shipment = on_its_way();
  shipment.events.push_back(happened(18, "DEP", "GYD", "CV7302"));
  complete(shipment);
  ASSERT_EQ(shipment.flights.size(), 2U);
  EXPECT_EQ(shipment.flights[0].number, "CV7301");
  EXPECT_EQ(shipment.flights[0].from, "HKG");
  EXPECT_EQ(shipment.flights[0].to, "GYD");
  EXPECT_EQ(shipment.flights[0].departed, at(9));
  EXPECT_EQ(shipment.flights[0].arrived, at(15));
  EXPECT_EQ(shipment.flights[1].from, "GYD");
  EXPECT_EQ(shipment.flights[1].to, "");
  EXPECT_EQ(shipment.stations, (std::vector<std::string>{"HKG", "GYD", "LUX"}));
}

TEST(AirShipment, OneFlightNumberOverTwoLegsStaysTwoFlights) {
  AirShipment shipment = on_its_way();
  shipment.events.push_back(happened(18, "DEP", "GYD", "CV7301"));
  shipment.events.push_back(happened(23, "ARR", "LUX", "CV7301"));
  complete(shipment);
  ASSERT_EQ(shipment.flights.size(), 2U);
  EXPECT_EQ(shipment.flights[1].from, "GYD");
  EXPECT_EQ(shipment.flights[1].to, "LUX");
}

TEST(AirShipment, WhatTheAirlineToldStands) {
  AirShipment shipment = on_its_way();
  shipment.status_code = "RCS";
  shipment.last_event = "Somewhere over the sea";
  shipment.stations = {"HKG", "LUX"};
  Flight& flight = shipment.flights.emplace_back();
  flight.number = "CV7301";
  flight.from = "HKG";
  flight.to = "GYD";
  flight.departed = at(8);
  complete(shipment);
  EXPECT_EQ(shipment.status_code, "RCS");
  EXPECT_EQ(shipment.last_event, "Somewhere over the sea");
  EXPECT_EQ(shipment.stations.size(), 2U);
  ASSERT_EQ(shipment.flights.size(), 1U);
  EXPECT_EQ(shipment.flights[0].departed, at(8));
  EXPECT_EQ(shipment.flights[0].arrived, at(15));
}

TEST(AirShipment, CompletingTwiceChangesNothing) {
  AirShipment once = on_its_way();
  once.events.push_back(happened(18, "DEP", "GYD", "CV7301"));
  complete(once);
  AirShipment twice = once;
  complete(twice);
  EXPECT_EQ(once, twice);
}

TEST(AirShipment, NothingKnownGivesNothing) {
  AirShipment shipment;
  complete(shipment);
  EXPECT_EQ(shipment, AirShipment{});
}

TEST(AirStatus, CodesAreKnownInAnyCaseAndNoOthers) {
  ASSERT_NE(find_air_status("dlv"), nullptr);
  EXPECT_EQ(find_air_status("dlv")->reading.status, Status::Delivered);
  EXPECT_EQ(find_air_status("NFD")->reading.substatus, Substatus::AvailableForPickup);
  EXPECT_EQ(find_air_status("ZZZ"), nullptr);
  EXPECT_EQ(find_air_status(""), nullptr);
}

}  // namespace
}  // namespace parcelwake::domain
