#include "carriers/engine/waybill_reader.h"

#include <gtest/gtest.h>

#include "carriers/declaration/loader.h"
#include "carriers/engine/answer_json.h"

namespace parcelwake::carriers {
namespace {

// An airline that answers in XML, in words and codes of its own.
constexpr std::string_view kDeclaration = R"toml(
airlines = ["172", "173"]
[[format]]
name = "acme-air-xml"
version = "1"
[format.answer]
kind = "xml"
shape = "/reply"
[format.answer.item]
path = "/reply/awb[not(@unknown)]"
number = "@no"
[format.answer.waybill]
origin = "from"
destination = "to"
pieces = "pieces"
weight = { parts = ["weight", "weight/@unit"] }
status_number = "@step"
stations = "way/at"
codes = { "TAKEN" = "RCS", "UP" = "DEP", "DOWN" = "arr" }
[format.answer.flight]
path = "leg"
number = "@flight"
from = "@from"
to = "@to"
planned_departure = { date = "@std", patterns = ["dd.MM.yyyy HH:mm"] }
[format.answer.event]
path = "event"
order = "newest_first"
time = { date = "@at", patterns = ["iso"] }
planned = { date = "@plan", patterns = ["iso"] }
description = "text()"
location = "@place"
code = "@code"
flight = "@flight"
pieces = "@pieces"
weight = "@weight"
)toml";

const WireFormat& format() {
  static const Declaration declaration = load_declaration(kDeclaration, "acme", "acme").value();
  return declaration.formats.front();
}

ParsedAnswer parse(const std::string& inside) {
  const std::string body = "<reply>" + inside + "</reply>";
  return parse_answer(format(), {.http_status = 200, .body = body, .content_type = {}});
}

TEST(WaybillReader, AnAirlinesOwnCodesBecomeIatas) {
  const auto answer = parse(
      R"(<awb no="172-00000033"><from>hkg</from><to>LUX</to><pieces>3.0</pieces><weight unit="kg">612</weight>)"
      R"(<event at="2024-05-01T15:00" place="lux" code="Down" flight="CV7301" pieces="3" weight="612">Landed</event>)"
      R"(<event at="2024-05-01T05:00" place="HKG" code="up" flight="CV7301"/>)"
      R"(<event at="2024-05-01T03:00" place="HKG" code="TAKEN"/></awb>)");
  ASSERT_EQ(answer.shipments.size(), 1U);
  const ParsedShipment& shipment = answer.shipments.front();
  EXPECT_EQ(shipment.report.number, "172-00000033");
  ASSERT_TRUE(shipment.air);
  const domain::AirShipment& air = *shipment.air;
  EXPECT_EQ(air.origin, "HKG");
  EXPECT_EQ(air.pieces, 3);
  EXPECT_EQ(air.weight, "612 kg");
  EXPECT_EQ(air.status_code, "ARR");
  EXPECT_EQ(air.last_event, "Landed");
  ASSERT_EQ(air.events.size(), 3U);
  EXPECT_EQ(air.events[1].code, "DEP");
  EXPECT_EQ(air.events[1].text, "Departed");
  EXPECT_EQ(air.events[0].station, "LUX");
  ASSERT_EQ(air.flights.size(), 1U);
  EXPECT_EQ(air.flights[0].to, "LUX");
  EXPECT_EQ(air.stations, (std::vector<std::string>{"HKG", "LUX"}));
  EXPECT_TRUE(answer.unmapped.empty());
}

TEST(WaybillReader, ACodeThatNobodyKnowsStaysAndIsTold) {
  const auto answer = parse(R"(<awb no="172-00000033"><event at="2024-05-01T06:00" code="Q99" place="HKG"/>)"
                            R"(<event at="2024-05-01T05:00" code="TAKEN" place="HKG"/></awb>)");
  ASSERT_TRUE(answer.shipments.front().air);
  EXPECT_EQ(answer.shipments.front().air->events.front().code, "Q99");
  EXPECT_EQ(answer.shipments.front().air->status_code, "RCS");
  EXPECT_EQ(answer.unmapped, std::vector<std::string>{"Q99"});
}

TEST(WaybillReader, WhatTheAnswerNamesIsTaken) {
  const auto answer = parse(R"(<awb no="172-00000033" step="4"><way><at>HKG</at><at> gyd </at></way>)"
                            R"(<leg flight="CV7301" from="HKG" to="GYD" std="01.05.2024 05:00"/>)"
                            R"(<leg flight="CV7301" from="HKG" to="GYD" std="01.05.2024 05:00"/></awb>)");
  const auto& air = answer.shipments.front().air;
  ASSERT_TRUE(air);
  EXPECT_EQ(air->status_number, 4);
  EXPECT_EQ(air->stations, (std::vector<std::string>{"HKG", "GYD"}));
  ASSERT_EQ(air->flights.size(), 1U);
  EXPECT_EQ(air->flights[0].planned_departure.precision, domain::Precision::Minute);
  EXPECT_FALSE(air->reading);
}

TEST(WaybillReader, AnAirlineThatTellsNothingDoesNotKnowTheWaybill) {
  for (const char* inside : {"", R"(<awb unknown="1" no="172-00000033"/>)", R"(<awb no="172-00000033"/>)"}) {
    const auto answer = parse(inside);
    ASSERT_EQ(answer.shipments.size(), 1U) << inside;
    EXPECT_TRUE(answer.shipments.front().unknown) << inside;
    EXPECT_FALSE(answer.shipments.front().air) << inside;
  }
}

TEST(WaybillReader, FloodsOfEventsAndFlightsAreCutAtTheOldest) {
  std::string inside = R"(<awb no="172-00000033">)";
  for (int i = 0; i < 1500; ++i) {
    inside += R"(<leg flight="F)" + std::to_string(i) + R"("/><event code="NEW" at="2024-05-01T06:00"/>)";
  }
  const auto answer = parse(inside + R"(<event code="OLD" at="2024-04-01"/></awb>)");
  EXPECT_EQ(answer.shipments.front().air->events.size(), 1000U);
  EXPECT_EQ(answer.shipments.front().air->flights.size(), 100U);
  EXPECT_EQ(answer.unmapped, std::vector<std::string>{"NEW"});
}

std::string problems_with(std::string_view from, std::string_view to) {
  std::string toml(kDeclaration);
  const std::size_t at = toml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const auto loaded = load_declaration(toml.replace(at, from.size(), to), "acme", "acme");
  return loaded ? "none" : loaded.error().front().message;
}

TEST(WaybillDeclaration, MistakesAreTold) {
  EXPECT_EQ(problems_with("\"172\", \"173\"", "\"172\", \"17\""), "'17' is no prefix of air waybills");
  EXPECT_EQ(problems_with("\"172\", \"173\"", "\"172\", \"172\""), "'172' is listed twice");
  EXPECT_EQ(problems_with("\"172\", \"173\"", ""), "no carrier is served, and no airline");
  EXPECT_EQ(problems_with("airlines = [\"172\", \"173\"]", "carriers = [\"acme\"]"),
            "'airlines' and [format.answer.waybill] need each other");
  EXPECT_EQ(problems_with("airlines = ", "carriers = [\"acme\"]\nairlines = "), "either carriers or airlines");
  EXPECT_EQ(problems_with("\"DEP\"", "\"FLY\""), "'FLY' is no status code of IATA's");
  EXPECT_EQ(problems_with("code = \"@code\"", ""), "'code' is missing");
  EXPECT_EQ(problems_with("number = \"@flight\"", ""), "'number' is missing");
}

}  // namespace
}  // namespace parcelwake::carriers
