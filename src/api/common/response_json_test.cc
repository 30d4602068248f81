#include "api/common/response_json.h"

#include <gtest/gtest.h>

#include "api/trackingmore_v2/dialect.h"
#include "api/trackru_v1/dialect.h"
#include "api/tracktry_v1/dialect.h"
#include "app/testing/small_catalogue.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using domain::LegKind;
using domain::Milestone;
using domain::Status;
using domain::Substatus;
using domain::Tracking;
using domain::examples::report_of;
using domain::examples::seen_at;
using domain::examples::utc;
using domain::examples::wall;

constexpr UtcOffset kBeijing{std::chrono::hours{8}};

domain::Checkpoint event(WallTime clock, std::string words, std::string place, domain::Reading reading,
                         std::optional<Milestone> milestone = std::nullopt) {
  domain::Checkpoint checkpoint;
  checkpoint.time = seen_at(clock);
  checkpoint.description = std::move(words);
  checkpoint.location = std::move(place);
  checkpoint.reading = reading;
  checkpoint.milestone = milestone;
  return checkpoint;
}

// The example of the list's documentation, with everything that a tracking can have.
Tracking full_tracking() {
  Tracking tracking = domain::examples::registered();
  tracking.id = *domain::TrackingId::parse("0123456789abcdef0123456789abcdef");
  tracking.number = domain::TrackingNumber::trusted("RR000000075PH");
  tracking.carrier = app::testing::carrier("phlpost");
  tracking.origin.carrier = tracking.carrier;
  tracking.created_at = utc(2024, 3, 1, 2);
  tracking.details = {.title = "shoes",
                      .customer_name = "Jo",
                      .customer_email = "jo@example.com",
                      .customer_phone = "+1",
                      .order_id = "17",
                      .comment = "\"fragile\"",
                      .logistics_channel = "4PX",
                      .language = {},
                      .destination_code = "US",
                      .ship_date = {},
                      .postal_code = {},
                      .account_number = {},
                      .order_time = utc(2024, 2, 28, 8, 48)};
  domain::CarrierReport origin = report_of(
      {event(wall(2024, 3, 1, 16, 35), "Posted", "MANILA", domain::examples::kInTransit),
       event(wall(2024, 3, 2, 9), "Left the country", "", domain::examples::kInTransit, Milestone::DepartfromAirport)});
  origin.facts = {.origin_country = "PH",
                  .destination_country = "US",
                  .signed_by = "Jo",
                  .service = "EMS",
                  .weight = "1 kg",
                  .reference = "REF1",
                  .estimated_delivery = {}};
  origin.last_mile_carrier = app::testing::carrier("usps");
  domain::absorb_report(tracking, LegKind::Origin, origin, utc(2024, 3, 2, 12));
  domain::absorb_report(tracking, LegKind::Destination,
                        report_of({event(wall(2024, 3, 12, 11, 11), "Delivered", "RENTON, WA 98056",
                                         domain::examples::kDelivered, Milestone::Delivered)}),
                        utc(2024, 3, 12, 5, 47, 20));
  tracking.facts.signed_by = "Jo";
  tracking.asking_ended = utc(2024, 3, 12, 5, 47, 20);
  return tracking;
}

Tracking empty_tracking() {
  Tracking tracking = domain::examples::registered();
  tracking.id = *domain::TrackingId::parse("0123456789abcdef0123456789abcdef");
  tracking.number = domain::TrackingNumber::trusted("AB123");
  tracking.carrier = app::testing::carrier("dhl");
  tracking.origin.carrier = tracking.carrier;
  return tracking;
}

struct Rendering : ::testing::Test {
  app::testing::SmallCatalogue catalogue;
  Timestamp now = utc(2024, 3, 20);

  View view(const Dialect& dialect) {
    return {.dialect = dialect, .catalogue = catalogue, .time_zone = kBeijing, .now = now};
  }
  std::string tracking(const Tracking& shown, const Dialect& dialect) {
    std::string out;
    wire::json::Writer writer(out);
    write_tracking(writer, shown, view(dialect));
    return out;
  }
  // The text of one member of the tracking, of a number or null.
  std::string member(const Tracking& shown, const Dialect& dialect, const std::string& key) {
    const std::string json = tracking(shown, dialect);
    const auto at = json.rfind("\"" + key + "\":");
    if (at == std::string::npos) return "absent";
    const auto from = at + key.size() + 3;
    return json.substr(from, json.find_first_of(",}", from) - from);
  }
};

TEST_F(Rendering, AFullTrackingForTrackingMore) {
  EXPECT_EQ(
      tracking(full_tracking(), trackingmore_v2()),
      R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"RR000000075PH","carrier_code":"phlpost",)"
      R"("status":"delivered","track_update":false,"created_at":"2024-03-01T10:00:00+08:00",)"
      R"("updated_at":"2024-03-12T13:47:20+08:00","order_create_time":"2024-02-28 16:48","destination_code":"US",)"
      R"("customer_email":"jo@example.com","customer_phone":"+1","title":"shoes","order_id":"17",)"
      R"("comment":"\"fragile\"","customer_name":"Jo","archived":false,"original_country":"Philippines",)"
      R"("destination_country":"United States","singed_by":"Jo","itemTimeLength":11,"stayTimeLength":1,)"
      R"("service_code":"EMS","status_info":null,"weight":"1 kg","substatus":"delivered001",)"
      R"("origin_info":{"ReferenceNumber":"REF1","ItemReceived":"2024-03-01 16:35:00","ItemDispatched":null,)"
      R"("DepartfromAirport":"2024-03-02 09:00:00","ArrivalfromAbroad":null,"CustomsClearance":null,)"
      R"("DestinationArrived":null,"weblink":"https://phlpost.example/","phone":null,"carrier_code":"phlpost",)"
      R"("trackinfo":[{"Date":"2024-03-02 09:00:00","StatusDescription":"Left the country","Details":"",)"
      R"("checkpoint_status":"transit","substatus":"transit001","ItemNode":"DepartfromAirport"},)"
      R"({"Date":"2024-03-01 16:35:00","StatusDescription":"Posted","Details":"MANILA",)"
      R"("checkpoint_status":"transit","substatus":"transit001","ItemNode":"ItemReceived"}]},)"
      R"("destination_info":{"ItemReceived":null,"ItemDispatched":null,"DepartfromAirport":null,)"
      R"("ArrivalfromAbroad":null,"CustomsClearance":null,"DestinationArrived":null,)"
      R"("weblink":"https://usps.example/","phone":"1-800-275-8777","carrier_code":"usps",)"
      R"("trackinfo":[{"Date":"2024-03-12 11:11:00","StatusDescription":"Delivered","Details":"RENTON, WA 98056",)"
      R"("checkpoint_status":"delivered","substatus":"delivered001"}]},)"
      R"("lastEvent":"Delivered,RENTON, WA 98056,2024-03-12 11:11:00","lastUpdateTime":"2024-03-12 11:11:00"})");
}

TEST_F(Rendering, AnEmptyTrackingForTrackingMore) {
  EXPECT_EQ(tracking(empty_tracking(), trackingmore_v2()),
            R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"AB123","carrier_code":"dhl",)"
            R"("status":"pending","track_update":true,"created_at":"2024-03-01T20:00:00+08:00",)"
            R"("updated_at":"2024-03-01T20:00:00+08:00","order_create_time":null,"customer_email":"","title":"",)"
            R"("order_id":null,"comment":null,"customer_name":null,"archived":false,"original_country":"",)"
            R"("itemTimeLength":null,"stayTimeLength":null,"service_code":null,"status_info":null,"substatus":null,)"
            R"("origin_info":{"ReferenceNumber":null,"ItemReceived":null,"ItemDispatched":null,)"
            R"("DepartfromAirport":null,"ArrivalfromAbroad":null,"CustomsClearance":null,"DestinationArrived":null,)"
            R"("weblink":"https://dhl.example/","phone":"+49 800 0000","carrier_code":"dhl"},)"
            R"("lastEvent":null,"lastUpdateTime":null})");
}

TEST_F(Rendering, AnEmptyTrackingForTheV1Dialects) {
  const std::string tail =
      R"("destination_info":{"ItemReceived":null,"ItemDispatched":null,"DepartfromAirport":null,)"
      R"("ArrivalfromAbroad":null,"CustomsClearance":null,"DestinationArrived":null,"weblink":null,"phone":null,)"
      R"("carrier_code":null},"lastEvent":"","lastUpdateTime":""})";
  for (const Dialect* dialect : {&tracktry_v1(), &trackru_v1()}) {
    const std::string json = tracking(empty_tracking(), *dialect);
    EXPECT_TRUE(json.ends_with(tail)) << json;
    EXPECT_EQ(json.find("trackinfo"), std::string::npos);
  }
}

TEST_F(Rendering, EventsToTheMinuteForTheV1Dialects) {
  for (const Dialect* dialect : {&tracktry_v1(), &trackru_v1()}) {
    const std::string json = tracking(full_tracking(), *dialect);
    EXPECT_NE(json.find(R"({"Date":"2024-03-01 16:35","StatusDescription":"Posted")"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("ItemReceived":"2024-03-01 16:35:00")"), std::string::npos) << "milestones keep seconds";
    EXPECT_TRUE(json.ends_with(R"("lastUpdateTime":"2024-03-12 11:11"})")) << json;
  }
}

TEST_F(Rendering, SubstatusesAsEachDialectSpellsThem) {
  struct Row {
    Substatus substatus;
    std::string_view v2;
    std::string_view v1;
  };
  constexpr Row kRows[] = {
      {Substatus::InfoReceived, R"("notfound001")", R"("notfound001")"},
      {Substatus::CustomsCleared, R"("transit005")", R"("transit005")"},
      {Substatus::OutForDelivery, R"("pickup001")", R"("pickup001")"},
      {Substatus::OtherException, R"("exception005")", "null"},
      {Substatus::Refused, R"("exception009")", "null"},
      {Substatus::Returned, R"("exception010")", R"("exception005")"},
      {Substatus::Returning, R"("exception011")", "null"},
  };
  Tracking shown = empty_tracking();
  for (const Row& row : kRows) {
    shown.computed_status = domain::status_of(row.substatus);
    shown.computed_substatus = row.substatus;
    EXPECT_EQ(member(shown, trackingmore_v2(), "substatus"), row.v2);
    EXPECT_EQ(member(shown, tracktry_v1(), "substatus"), row.v1);
    EXPECT_EQ(member(shown, trackru_v1(), "substatus"), row.v1);
  }
}

TEST_F(Rendering, AnEventThatNobodyUnderstoodHasNoStatusOfItsOwn) {
  Tracking shown = empty_tracking();
  auto unknown = event(wall(2024, 3, 2, 9), "Zorched", "Here", domain::examples::kInTransit);
  unknown.reading.reset();
  unknown.time.precision = domain::Precision::None;
  domain::absorb_report(shown, LegKind::Origin, report_of({unknown}), now);
  const std::string json = tracking(shown, trackingmore_v2());
  EXPECT_NE(json.find(R"("trackinfo":[{"Date":"","StatusDescription":"Zorched","Details":"Here",)"
                      R"("checkpoint_status":"","substatus":""}])"),
            std::string::npos)
      << json;
  EXPECT_TRUE(json.ends_with(R"("lastEvent":"Zorched,Here,","lastUpdateTime":""})")) << json;
}

TEST_F(Rendering, AManualStatusHidesTheSubstatus) {
  Tracking shown = full_tracking();
  shown.manual_status = Status::Exception;
  const std::string json = tracking(shown, trackingmore_v2());
  EXPECT_NE(json.find(R"("status":"exception")"), std::string::npos);
  EXPECT_NE(json.find(R"("substatus":null,"origin_info")"), std::string::npos) << json;
}

// Recorded answers: first and newest event, last poll (an account at +08:00), delivered; the two counts.
TEST_F(Rendering, DayCountsAsRecorded) {
  struct Row {
    WallTime first;
    WallTime newest;
    WallTime last_poll;
    bool delivered;
    std::string_view item_time;
    std::string_view stay_time;
  };
  const Row rows[] = {
      {wall(2019, 6, 3, 14, 57, 41), wall(2019, 7, 25, 22, 2, 5), wall(2019, 8, 20, 16, 15, 4), false, "79", "26"},
      {wall(2019, 6, 3, 14, 57, 41), wall(2019, 7, 22, 19, 33, 6), wall(2019, 8, 21, 15, 35, 5), false, "80", "30"},
      {wall(2019, 8, 5, 18, 42, 58), wall(2019, 8, 6, 18, 39, 14), wall(2019, 8, 19, 9, 51), true, "1", "13"},
      {wall(2020, 9, 26, 15, 45), wall(2020, 9, 28, 20, 19), wall(2020, 9, 28, 21), true, "3", "1"},
  };
  for (const Row& row : rows) {
    Tracking shown = empty_tracking();
    const auto reading = row.delivered ? domain::examples::kDelivered : domain::examples::kInTransit;
    domain::absorb_report(shown, LegKind::Origin,
                          report_of({event(row.first, "First", "", domain::examples::kInTransit),
                                     event(row.newest, "Newest", "", reading)}),
                          now);
    now = to_instant(row.last_poll, kBeijing);  // while it is asked, now counts
    EXPECT_EQ(member(shown, trackingmore_v2(), "itemTimeLength"), row.item_time);
    EXPECT_EQ(member(shown, trackingmore_v2(), "stayTimeLength"), row.stay_time);
    shown.asking_ended = now;
    now += std::chrono::days{100};  // once it is not, the last ask
    EXPECT_EQ(member(shown, trackingmore_v2(), "stayTimeLength"), row.stay_time);
  }
}

TEST_F(Rendering, WhatCreateSays) {
  std::string out;
  wire::json::Writer writer(out);
  write_created(writer, {.tracking = empty_tracking(), .registered_at = utc(2024, 5, 1)}, view(trackingmore_v2()));
  EXPECT_EQ(out, R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"AB123","carrier_code":"dhl",)"
                 R"("order_create_time":0,"status":"pending","created_at":"2024-05-01T08:00:00+08:00",)"
                 R"("customer_email":null,"customer_name":null,"customer_phone":null,"order_id":null,"comment":null,)"
                 R"("title":null,"logistics_channel":null,"destination":""})");
}

TEST_F(Rendering, WhatUpdateSays) {
  app::UpdateCommand command;
  command.status = app::ManualStatus::Exception;
  Tracking shown = full_tracking();
  shown.archived = true;
  std::string out;
  wire::json::Writer writer(out);
  write_updated(writer, command, shown, view(trackingmore_v2()));
  EXPECT_EQ(out,
            R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"RR000000075PH","carrier_code":"phlpost",)"
            R"("created_at":"2024-03-01T10:00:00+08:00","updated_at":"2024-03-12T13:47:20+08:00",)"
            R"("customer_email":"jo@example.com","customer_name":"Jo","order_id":"17","title":"shoes",)"
            R"("destination_code":"US","customer_phone":"+1","archived":"true","status":"7",)"
            R"("logistics_channel":"4PX"})");
  std::string without_status;
  wire::json::Writer second(without_status);
  write_updated(second, {}, shown, view(trackingmore_v2()));
  EXPECT_NE(without_status.find(R"("status":"delivered")"), std::string::npos);
}

TEST_F(Rendering, CarriersInTheLanguageAskedFor) {
  std::string out;
  wire::json::Writer writer(out);
  write_carriers(writer, catalogue.all().subspan(1, 1), NameLanguage::Chinese, "localhost:8080");
  EXPECT_EQ(out, R"([{"name":"敦豪","code":"dhl","phone":"+49 800 0000","homepage":"https://dhl.example/",)"
                 R"("type":"express","picture":"//localhost:8080/icons/dhl.svg","country_code":"DE",)"
                 R"("track_url":"https://dhl.example/{number}","name_cn":"敦豪"}])");
}

}  // namespace
}  // namespace parcelwake::api
