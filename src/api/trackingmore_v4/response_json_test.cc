#include "api/trackingmore_v4/response_json.h"

#include <gtest/gtest.h>

#include "api/trackingmore_v4/meta.h"
#include "api/trackingmore_v4/status_names.h"
#include "app/testing/small_catalogue.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::LegKind;
using domain::Milestone;
using domain::Reading;
using domain::Status;
using domain::Substatus;
using domain::Tracking;
using domain::examples::report_of;
using domain::examples::scan_reading;
using domain::examples::utc;

constexpr UtcOffset kBeijing{std::chrono::hours{8}};

struct V4Answers : ::testing::Test {
  app::testing::SmallCatalogue catalogue;
  View view{.catalogue = catalogue, .time_zone = kBeijing, .now = utc(2024, 3, 5)};

  template <class Write>
  std::string text_of(Write write) {
    std::string text;
    wire::json::Writer writer(text);
    write(writer);
    return text;
  }
  std::string tracking_text(const Tracking& tracking) {
    return text_of([&](auto& writer) { write_tracking(writer, tracking, view); });
  }
};

Tracking example() {
  Tracking tracking = domain::examples::registered();
  tracking.id = *domain::TrackingId::parse("0123456789abcdef0123456789abcdef");
  tracking.origin.carrier = tracking.carrier;
  return tracking;
}

TEST_F(V4Answers, OfANewTrackingHaveEveryKeyWithTheTypeThatSdksDecode) {
  constexpr std::string_view kLeg =
      R"("reference_number":null,"milestone_date":{"inforeceived_date":null,"pickup_date":null,)"
      R"("outfordelivery_date":null,"delivery_date":null,"returning_date":null,"returned_date":null},)"
      R"("pickup_date":null,"departed_airport_date":null,"arrived_abroad_date":null,"customs_received_date":null,)"
      R"("arrived_destination_date":null})";
  const std::string expected =
      R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"RB123456785DE","courier_code":"deutsche-post",)"
      R"("order_number":null,"order_date":null,"created_at":"2024-03-01T20:00:00+08:00",)"
      R"("update_at":"2024-03-01T20:00:00+08:00","delivery_status":"pending","archived":"false","updating":true,)"
      R"("destination_country":null,"destination_state":null,"destination_city":null,"origin_country":null,)"
      R"("origin_state":null,"origin_city":null,"tracking_postal_code":null,"tracking_ship_date":null,)"
      R"("tracking_destination_country":null,"tracking_origin_country":null,"tracking_key":null,)"
      R"("tracking_courier_account":null,"customer_name":null,"customer_email":null,"customer_sms":null,)"
      R"("recipient_postcode":null,"order_id":null,"title":null,"logistics_channel":null,"note":null,"label":null,)"
      R"("signed_by":null,"service_code":null,"weight":null,"weight_kg":null,"product_type":null,"pieces":null,)"
      R"("dimension":null,"previously":null,"destination_track_number":null,"exchange_number":null,)"
      R"("scheduled_delivery_date":null,"scheduled_address":null,"substatus":null,"status_info":null,)"
      R"("latest_event":null,"latest_checkpoint_time":null,"transit_time":0,"origin_info":{)"
      R"("courier_code":"deutsche-post","courier_phone":"+49 228 0000","weblink":"https://deutsche-post.example/",)" +
      std::string(kLeg) + R"(,"destination_info":{"courier_code":null,"courier_phone":null,"weblink":null,)" +
      std::string(kLeg) + "}";
  EXPECT_EQ(tracking_text(example()), expected);
}

TEST_F(V4Answers, ShowWhatTheCustomerAndTheCarrierTold) {
  Tracking tracking = example();
  tracking.archived = true;
  tracking.details.order_number = "#1";
  tracking.details.customer_sms = "+1";
  tracking.details.recipient_postcode = "10115";
  tracking.details.label = "gift";
  tracking.details.comment = "a note";
  tracking.details.tracking_key = "k";
  tracking.details.account_number = "99";
  tracking.details.origin_code = "PH";
  tracking.details.destination_code = "US";
  tracking.details.destination_told = "usa";
  tracking.details.order_time = utc(2024, 2, 28, 8, 48);
  tracking.facts = {.origin_country = {},
                    .destination_country = "DE",
                    .signed_by = "JO",
                    .service = "EMS",
                    .weight = "1.2 kg",
                    .reference = "R1",
                    .estimated_delivery = "2024-03-09"};
  tracking.destination.carrier = app::testing::carrier("usps");
  tracking.destination.number = "94001";
  const std::string text = tracking_text(tracking);
  for (const char* part :
       {R"("order_number":"#1","order_date":"2024-02-28T16:48:00+08:00")", R"("archived":"true")",
        R"("destination_country":"DE")", R"("origin_country":"PH")", R"("tracking_destination_country":"usa")",
        R"("tracking_key":"k","tracking_courier_account":"99")", R"("customer_sms":"+1","recipient_postcode":"10115")",
        R"("note":"a note","label":"gift","signed_by":"JO","service_code":"EMS","weight":"1.2 kg","weight_kg":"1.2")",
        R"("destination_track_number":"94001")", R"("scheduled_delivery_date":"2024-03-09")",
        R"("reference_number":"R1")", R"("destination_info":{"courier_code":"usps")"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST_F(V4Answers, TellTheTimelineNewestFirstWithTheOffsetWhereItIsKnown) {
  Tracking tracking = example();
  domain::Checkpoint announced = scan_reading(1, 9, Reading{Status::NotFound, Substatus::InfoReceived});
  announced.time.offset = UtcOffset{std::chrono::hours{-5}};
  domain::Checkpoint received = scan_reading(2, 9, domain::examples::kInTransit);
  received.time.offset.reset();
  received.milestone = Milestone::ItemReceived;
  domain::Checkpoint out = scan_reading(3, 9, domain::examples::kOutForDelivery);
  domain::Checkpoint mystery = scan_reading(3, 10, std::nullopt);
  mystery.time.precision = domain::Precision::Date;
  mystery.time.wall = domain::examples::wall(2024, 3, 4);
  domain::absorb_report(tracking, LegKind::Origin, report_of({announced, received, out, mystery}), utc(2024, 3, 4));
  const std::string text = tracking_text(tracking);
  EXPECT_NE(text.find(R"("delivery_status":"pickup")"), std::string::npos);
  EXPECT_NE(text.find(R"("substatus":"pickup001")"), std::string::npos);
  EXPECT_NE(text.find(R"("latest_event":"Departed,Leipzig, DE,2024-03-04","latest_checkpoint_time":"2024-03-04")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("milestone_date":{"inforeceived_date":"2024-03-01T09:00:00-05:00",)"
                      R"("pickup_date":"2024-03-02T09:00:00","outfordelivery_date":"2024-03-03T09:00:00+00:00",)"
                      R"("delivery_date":null,"returning_date":null,"returned_date":null},)"
                      R"("pickup_date":"2024-03-02T09:00:00","departed_airport_date":null)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("trackinfo":[{"checkpoint_date":"2024-03-04","checkpoint_delivery_status":"",)"
                      R"("checkpoint_delivery_substatus":"","tracking_detail":"Departed","location":"Leipzig, DE",)"
                      R"("country_iso2":null,"state":null,"city":null,"zip":null,"raw_status":"?"},)"
                      R"({"checkpoint_date":"2024-03-03T09:00:00+00:00","checkpoint_delivery_status":"pickup",)"
                      R"("checkpoint_delivery_substatus":"pickup001")"),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find(R"("checkpoint_delivery_status":"inforeceived","checkpoint_delivery_substatus":"inforeceived001")"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("transit_time":4)"), std::string::npos) << text;
}

TEST_F(V4Answers, CallAnAnnouncedParcelInfoReceived) {
  Tracking tracking = example();
  tracking.computed_status = Status::NotFound;
  tracking.computed_substatus = Substatus::InfoReceived;
  EXPECT_EQ(delivery_status_of(tracking), "inforeceived");
  EXPECT_NE(tracking_text(tracking).find(R"("substatus":"inforeceived001")"), std::string::npos);
  tracking.computed_substatus = Substatus::NoInformation;
  EXPECT_EQ(delivery_status_of(tracking), "notfound");
  EXPECT_NE(tracking_text(tracking).find(R"("substatus":"notfound002")"), std::string::npos);
  tracking.computed_substatus = Substatus::InfoReceived;
  tracking.manual_status = Status::Delivered;
  EXPECT_EQ(delivery_status_of(tracking), "delivered");
}

TEST_F(V4Answers, OfAnUpdateNameBothCouriersWhereItChanged) {
  Tracking tracking = example();
  tracking.details.comment = "n";
  const auto updated = [&](const char* former) {
    return text_of([&](auto& writer) { write_updated(writer, tracking, app::testing::carrier(former), view); });
  };
  EXPECT_EQ(updated("dhl"),
            R"({"id":"0123456789abcdef0123456789abcdef","tracking_number":"RB123456785DE","courier_code":"dhl",)"
            R"("courier_code_new":"deutsche-post","order_number":null,"order_date":null,"order_id":null,)"
            R"("destination_country":null,"origin_country":null,"tracking_postal_code":null,"tracking_ship_date":null,)"
            R"("tracking_destination_country":null,"tracking_origin_country":null,"tracking_key":null,)"
            R"("tracking_courier_account":null,"customer_name":null,"customer_email":null,"customer_sms":null,)"
            R"("recipient_postcode":null,"title":null,"logistics_channel":null,"note":"n","label":null,)"
            R"("archived_status":"false"})");
  EXPECT_NE(updated("deutsche-post").find(R"("courier_code":"deutsche-post","courier_code_new":null)"),
            std::string::npos);
}

TEST_F(V4Answers, OfCouriersHaveEveryKey) {
  const auto* carrier = catalogue.find(app::testing::carrier("usps"));
  EXPECT_EQ(text_of([&](auto& writer) { write_courier(writer, *carrier, "host:1"); }),
            R"({"courier_name":"USPS","courier_code":"usps","courier_country_iso2":"US",)"
            R"("courier_url":"https://usps.example/","courier_phone":"1-800-275-8777","courier_type":"globalpost",)"
            R"("tracking_required_fields":null,"optional_fields":null,"default_language":"en",)"
            R"("support_language":["en"],"courier_logo":"//host:1/icons/usps.svg"})");
}

TEST(V4Meta, TravelsWithAnHttpStatusOfItsKind) {
  EXPECT_EQ(error_answer(Code::AlreadyExists).body,
            R"({"meta":{"code":4101,"message":"Tracking No. already exists."},"data":null})");
  EXPECT_EQ(http_status_of(Code::Ok), 200);
  EXPECT_EQ(http_status_of(Code::FieldInvalid), 400);
  EXPECT_EQ(http_status_of(Code::BadRequest), 400);
  EXPECT_EQ(http_status_of(Code::Unauthorized), 401);
  EXPECT_EQ(http_status_of(Code::TooManyRequests), 429);
  EXPECT_EQ(http_status_of(Code::ServerFailed), 500);
  EXPECT_EQ(http_status_of(Code::ServerBusy), 500);
}

TEST(V4Statuses, AreNineAndComeBack) {
  for (const char* name : {"pending", "notfound", "inforeceived", "transit", "pickup", "delivered", "undelivered",
                           "exception", "expired"}) {
    EXPECT_TRUE(parse_delivery_status(name)) << name;
  }
  EXPECT_FALSE(parse_delivery_status("lost"));
  EXPECT_EQ(parse_delivery_status("transit")->announced, std::nullopt);
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
