#include "carriers/engine/answer.h"

#include <gtest/gtest.h>

#include "carriers/declaration/loader.h"
#include "carriers/engine/answer_json.h"

namespace parcelwake::carriers {
namespace {

constexpr std::string_view kDeclaration = R"toml(
carriers = ["acme"]
[[format]]
name = "acme-json"
version = "3"
[format.answer]
kind = "json"
shape = "/json/parcels or /json/fault or not(/json/*)"
error = [{ kind = "invalid_number", when = "/json/fault = 'number'" }]
[format.answer.item]
path = "/json/parcels"
number = "number"
other_numbers = ["reference"]
duplicates = "newest_event"
error = [{ kind = "not_found", when = "error = 'unknown'" }, { kind = "server", when = "error" }]
status = { tables = [{ code = "state", rows = "acme" }] }
signer = "signer"
[format.answer.item.facts]
destination_country = "to"
last_mile_carrier = "partner/code"
last_mile_number = "partner/number"
[format.answer.event]
path = "events"
order = "newest_first"
time = { date = "at", patterns = ["iso"], zone_name = "zone", zones = { MSK = "Europe/Moscow" } }
description = "text"
location = { parts = ["city", "country"] }
code = "code"
status = { tables = [{ code = "code", rows = "acme" }], rules = ["acme"] }
[codes.acme]
T = "transit001"
O = "pickup001"
D = "delivered001"
R = "exception010"
N = "notice"
W = "text else transit001"
[texts]
acme = [['\bat home\b', "undelivered002"]]
)toml";

const WireFormat& format() {
  static const Declaration declaration = load_declaration(kDeclaration, "acme", "acme").value();
  return declaration.formats.front();
}

ParsedAnswer parse(std::string_view body, int http_status = 200) {
  return parse_answer(format(), {.http_status = http_status, .body = body, .content_type = {}});
}

// The one shipment of an answer with these events, newest first.
ParsedShipment shipment(const std::string& events, const std::string& more = "") {
  auto answer = parse(R"({"parcels":[{"number":"A1")" + more + R"(,"events":[)" + events + "]}]}");
  EXPECT_EQ(answer.shipments.size(), 1U);
  return answer.shipments.empty() ? ParsedShipment{} : answer.shipments.front();
}

std::string event(const std::string& at, const std::string& code, const std::string& text = "words") {
  return R"({"at":")" + at + R"(","code":")" + code + R"(","text":")" + text + R"("})";
}

std::string standing(const ParsedShipment& shipment) {
  if (!shipment.standing) return "none";
  return std::string(shipment.standing->substatus ? name_of(*shipment.standing->substatus)
                                                  : name_of(shipment.standing->status));
}

TEST(Answer, CheckpointsAreOldestFirstAndNumberedAsTheCarrierListsThem) {
  const auto read = shipment(event("2024-03-02T10:00", "O", "second of its minute") + "," +
                             event("2024-03-02T10:00", "T", "first of its minute") + "," +
                             event("2024-03-03T09:00", "T", "out of order"));
  const auto& checkpoints = read.report.checkpoints;
  ASSERT_EQ(checkpoints.size(), 3U);
  EXPECT_EQ(checkpoints[0].description, "first of its minute");
  EXPECT_EQ(checkpoints[0].sequence, 0);
  EXPECT_EQ(checkpoints[1].description, "second of its minute");
  EXPECT_EQ(checkpoints[1].sequence, 1);
  EXPECT_EQ(checkpoints[2].description, "out of order");
  EXPECT_EQ(checkpoints[0].source, "acme-json/3");
}

TEST(Answer, DeliveredIsFinalExceptForAReturn) {
  EXPECT_EQ(standing(shipment(event("2024-03-03", "T") + "," + event("2024-03-02", "D"))), "delivered001");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "R") + "," + event("2024-03-02", "D"))), "exception010");
}

TEST(Answer, NoticesAreNeverTheStatus) {
  const auto read = shipment(event("2024-03-03", "N") + "," + event("2024-03-02", "O"));
  EXPECT_EQ(standing(read), "pickup001");
  EXPECT_TRUE(read.report.checkpoints.back().notice);
  EXPECT_EQ(standing(shipment(event("2024-03-03", "?", "E-mail sent to recipient") + "," + event("2024-03-02", "O"))),
            "pickup001");
}

TEST(Answer, DeliveredToTheSenderOrAShopIsNotDelivered) {
  EXPECT_EQ(standing(shipment(event("2024-03-03", "D", "Delivered to sender"))), "exception010");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "D", "Zustellung an den Absender"))), "exception010");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "D", "Delivered to a ParcelShop"))), "pickup002");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "D", "Delivered to community mailbox or parcel locker"))),
            "delivered001");
}

TEST(Answer, WordsAreReadWhenTheCodeSaysSoOrSaysNothing) {
  EXPECT_EQ(standing(shipment(event("2024-03-03", "W", "Nobody at home"))), "undelivered002");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "W", "Somewhere"))), "transit001");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "?", "Nobody at home"))), "undelivered002");
  EXPECT_EQ(standing(shipment(event("2024-03-03", "T", "Nobody at home"))), "transit001");
}

TEST(Answer, UnknownCodesAreKeptAndToldOnce) {
  const auto answer = parse(R"({"parcels":[{"number":"A1","events":[)" + event("2024-03-03", "X9") + "," +
                            event("2024-03-02", "X9") + "," + event("2024-03-01", "", "odd words") + "]}]}");
  EXPECT_EQ(answer.unmapped, (std::vector<std::string>{"odd words", "X9"}));
  EXPECT_EQ(standing(answer.shipments.front()), "none");
  EXPECT_EQ(answer.shipments.front().report.checkpoints.back().code, "X9");
}

TEST(Answer, TheCarriersOwnStatusExplainsTheNewestRowThatNothingElseDoes) {
  EXPECT_EQ(standing(shipment(event("2024-03-03", "X9") + "," + event("2024-03-02", "T"), R"(,"state":"D")")),
            "delivered001");
  EXPECT_EQ(standing(shipment("", R"(,"state":"O")")), "pickup001");
}

TEST(Answer, SignerAndMomentAreOfADelivery) {
  const auto delivered = shipment(event("2024-03-03T10:00:00Z", "D"), R"(,"signer":"T. TESTER")");
  EXPECT_EQ(delivered.report.facts.signed_by, "T. TESTER");
  ASSERT_TRUE(delivered.report.delivered_at.has_value());
  const auto under_way = shipment(event("2024-03-03T10:00:00Z", "O"), R"(,"signer":"T. TESTER")");
  EXPECT_EQ(under_way.report.facts.signed_by, "");
  EXPECT_FALSE(under_way.report.delivered_at.has_value());
}

TEST(Answer, FactsAreToldBesideTheCheckpoints) {
  const auto report =
      shipment(event("2024-03-03", "T"), R"(,"to":"nl","partner":{"code":"PostNL","number":"P5"})").report;
  EXPECT_EQ(report.facts.destination_country, "NL");
  EXPECT_EQ(report.last_mile_carrier.text(), "postnl");
  EXPECT_EQ(report.last_mile_number, "P5");
}

TEST(Answer, OffsetsOfZonesAreWorkedOutOnlyWhenEveryRowHasOne) {
  const std::string moscow = R"({"at":"2024-03-03T10:00","zone":"MSK","code":"T","text":"a"})";
  const auto known = shipment(moscow).report.checkpoints.front().time;
  ASSERT_TRUE(known.offset.has_value());
  EXPECT_EQ(known.offset->east, std::chrono::hours{3});
  EXPECT_FALSE(known.offset_told);
  const auto mixed = shipment(moscow + "," + event("2024-03-03T09:00", "T"));
  for (const auto& checkpoint : mixed.report.checkpoints) EXPECT_FALSE(checkpoint.time.offset.has_value());
}

TEST(Answer, RowsWithoutAClockStayBesideTheirNeighbours) {
  const auto read = shipment(event("2024-03-03", "T", "newest") + "," + event("", "T", "without a clock") + "," +
                             event("2024-03-01", "T", "oldest"));
  ASSERT_EQ(read.report.checkpoints.size(), 3U);
  EXPECT_EQ(read.report.checkpoints[1].description, "without a clock");
  EXPECT_EQ(read.report.checkpoints[1].time.precision, domain::Precision::None);
}

TEST(Answer, NotFoundIsAResultAndNoError) {
  for (const char* body : {R"({"parcels":[]})", "[]", R"({"parcels":[{"number":"A1","error":"unknown"}]})",
                           R"({"parcels":[{"number":"A1","events":[]}]})"}) {
    const auto answer = parse(body);
    EXPECT_FALSE(answer.error.has_value()) << body;
    ASSERT_EQ(answer.shipments.size(), 1U) << body;
    EXPECT_TRUE(answer.shipments.front().unknown);
    EXPECT_EQ(standing(answer.shipments.front()), "notfound002");
  }
  EXPECT_TRUE(parse("", 204).shipments.front().unknown);
  EXPECT_TRUE(parse(R"({"message":"not here"})", 404).shipments.front().unknown);
}

TEST(Answer, ErrorsAreToldApart) {
  EXPECT_EQ(parse("", 401).error, AnswerErrorKind::Auth);
  EXPECT_EQ(parse("<html>", 403).error, AnswerErrorKind::Auth);
  EXPECT_EQ(parse("{}", 429).error, AnswerErrorKind::RateLimit);
  EXPECT_EQ(parse("{}", 400).error, AnswerErrorKind::BadRequest);
  EXPECT_EQ(parse("<html>", 404).error, AnswerErrorKind::Server);
  EXPECT_EQ(parse("{}", 503).error, AnswerErrorKind::Server);
  EXPECT_EQ(parse(R"({"fault":"number"})").error, AnswerErrorKind::InvalidNumber);
  EXPECT_EQ(parse(R"({"parcels":[{"number":"A1","error":"later"}]})").error, AnswerErrorKind::Server);
}

TEST(Answer, WhatCannotBeReadIsAnErrorOfItsOwn) {
  for (const char* body : {"", "garbage", "<html>Bad gateway</html>", "{\"other\":1}", "{\"parcels\":"}) {
    const auto answer = parse(body);
    EXPECT_EQ(answer.error, AnswerErrorKind::Server) << body;
    EXPECT_TRUE(answer.unreadable) << body;
  }
}

TEST(Answer, OfANumberUsedAgainTheNewestIsMeant) {
  const auto answer =
      parse(R"({"parcels":[{"number":"A 1","events":[)" + event("2020-03-03", "D") + R"(]},{"number":"a1","events":[)" +
            event("2024-03-03", "T") + R"(]},{"number":"B2","events":[)" + event("2022-03-03", "T") + "]}]}");
  ASSERT_EQ(answer.shipments.size(), 2U);
  EXPECT_EQ(standing(answer.shipments[0]), "transit001");
  EXPECT_EQ(answer.shipments[1].report.number, "B2");
}

TEST(Answer, FindsTheShipmentOfANumber) {
  const auto answer =
      parse(R"({"parcels":[{"number":"B2","error":"unknown"},{"number":"A1","reference":"R7","state":"T"}]})");
  ASSERT_EQ(answer.shipments.size(), 2U);
  EXPECT_EQ(shipment_for(answer, "a-1", 2), &answer.shipments[1]);
  EXPECT_EQ(shipment_for(answer, "R7", 2), &answer.shipments[1]);
  EXPECT_EQ(shipment_for(answer, "C3", 2), nullptr);
  EXPECT_EQ(shipment_for(answer, "C3", 1), &answer.shipments[1]);
}

TEST(Answer, HugeAnswersAreReadInPart) {
  std::string events;
  for (int i = 0; i < 3000; ++i) events += (i ? "," : "") + event("2024-03-03T10:00:00Z", "T", std::to_string(i));
  const auto read = shipment(events);
  EXPECT_EQ(read.report.checkpoints.size(), 1000U);
  EXPECT_EQ(read.report.checkpoints.back().description, "0");
  EXPECT_EQ(parse(std::string(20U << 20, '[')).error, AnswerErrorKind::Server);
  EXPECT_LE(shipment(event("2024-03-03", "T", std::string(100'000, 'x'))).report.checkpoints.front().description.size(),
            4096U);
}

TEST(AnswerJson, PrintsWhatWasRead) {
  const auto answer = parse(
      R"({"parcels":[{"events":[{"at":"2024-03-03T10:00:00.250Z","code":"D","text":"Done \"well\"","city":"Bonn","country":"Bonn"}]}]})");
  EXPECT_EQ(
      answer_json(answer, "A1"),
      R"({"results":[{"tracking_number":"A1","status":"delivered","substatus":"delivered001","events":[{"time":"2024-03-03T10:00:00.250Z","time_raw":"2024-03-03T10:00:00.250Z","description":"Done \"well\"","location":"Bonn","code":"D","status":"delivered","substatus":"delivered001","milestone":"Delivered"}],"delivered_at":"2024-03-03T10:00:00.250Z","signer":null}],"error":null,"unmapped":[]})");
  EXPECT_EQ(answer_json(parse("", 429), "A1"), R"({"results":[],"error":{"kind":"rate_limit"},"unmapped":[]})");
}

}  // namespace
}  // namespace parcelwake::carriers
