#include "api/trackingmore_v4/request_json.h"

#include <gtest/gtest.h>

#include "app/testing/small_catalogue.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

using domain::examples::utc;

struct V4Fields : ::testing::Test {
  app::testing::SmallCatalogue catalogue;
  FieldContext context{
      .account = domain::AccountId{7}, .time_zone = UtcOffset{std::chrono::hours{8}}, .catalogue = catalogue};

  Result<domain::Details, Code> details(const std::string& json) {
    const auto body = read_object_body(json);
    EXPECT_TRUE(body.ok());
    auto request = trackingmore_v4::read_registration(body->rows().front(), context);
    if (!request) return fail(request.error());
    return request->details;
  }
  Result<UpdateRequest, Code> update(const std::string& json) {
    const auto body = read_object_body(json);
    return read_update(body->rows().front(), context);
  }
  Result<ListRequest, Code> list(std::string_view query) {
    const Target target = parse_target("/", query);
    return read_list(target, context);
  }
};

TEST_F(V4Fields, OfARegistrationAreAllRead) {
  const std::string json = R"({"tracking_number":"AB123","courier_code":" dhl ","order_number":"#1","title":"t",
      "origin_country_iso2":"de","destination_country_iso2":"United States","customer_name":"n","customer_email":"e",
      "customer_sms":"+1","recipient_postcode":"10115","logistics_channel":"l","order_id":"o",
      "order_date":"2024-03-01T10:00:00+08:00","tracking_courier_account":"99","tracking_postal_code":12345,
      "tracking_origin_country":"Germany","tracking_destination_country":"USA","tracking_ship_date":"20240301",
      "tracking_key":"k","language":"EN","note":"c","label":"L","auto_correct":"1","unknown":{"a":[1]}})";
  const auto body = read_object_body(json);
  const auto request = trackingmore_v4::read_registration(body->rows().front(), context);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->number, "AB123");
  EXPECT_EQ(request->carrier, "dhl");
  EXPECT_EQ(request->account, context.account);
  const domain::Details expected{.title = "t",
                                 .customer_name = "n",
                                 .customer_email = "e",
                                 .customer_phone = {},
                                 .order_id = "o",
                                 .comment = "c",
                                 .logistics_channel = "l",
                                 .language = "en",
                                 .destination_code = "US",
                                 .ship_date = "20240301",
                                 .postal_code = "12345",
                                 .account_number = "99",
                                 .order_number = "#1",
                                 .customer_sms = "+1",
                                 .recipient_postcode = "10115",
                                 .label = "L",
                                 .tracking_key = "k",
                                 .origin_code = "DE",
                                 .origin_told = "Germany",
                                 .destination_told = "USA",
                                 .order_time = utc(2024, 3, 1, 2)};
  EXPECT_EQ(request->details, expected);
}

TEST_F(V4Fields, ACountryThatTheCarrierWantsToKnowIsTheParcelsToo) {
  const auto read = details(R"({"tracking_destination_country":"de","tracking_origin_country":"Philippines"})");
  EXPECT_EQ(read->destination_code, "DE");
  EXPECT_EQ(read->origin_code, "PH");
  EXPECT_EQ(read->destination_told, "de");
  EXPECT_EQ(details(R"({"tracking_destination_country":"nowhere"})")->destination_code, "");
}

TEST_F(V4Fields, ThatAreNullOrEmptyAreNotGiven) {
  EXPECT_EQ(*details(R"({"title":null,"note":"","order_date":null,"origin_country_iso2":""})"), domain::Details{});
  const auto unchanged = update(R"({"title":null,"note":"","archived_status":null,"order_date":""})");
  ASSERT_TRUE(unchanged.ok());
  EXPECT_FALSE(unchanged->details.title || unchanged->details.comment || unchanged->details.order_time);
  EXPECT_FALSE(unchanged->archived);
}

TEST_F(V4Fields, ThatCannotBeUnderstoodAreRefused) {
  for (const char* json :
       {R"({"title":{}})", R"({"order_date":"soon"})", R"({"origin_country_iso2":"XX"})",
        R"({"destination_country_iso2":"nowhere"})", R"({"tracking_number":"AB123","carrier_code":"dhl"})"}) {
    EXPECT_EQ(details(json).error(), Code::FieldInvalid) << json;
  }
  EXPECT_EQ(details("{\"title\":\"" + std::string(4097, 'x') + "\"}").error(), Code::FieldInvalid);
  for (const char* json : {R"({"archived_status":"perhaps"})", R"({"note":[1]})", R"({"order_date":"soon"})"}) {
    EXPECT_EQ(update(json).error(), Code::FieldInvalid) << json;
  }
}

TEST_F(V4Fields, OfAnUpdateAreRead) {
  const auto read = update(R"({"note":"c","customer_sms":"+2","archived_status":"true","order_date":"2017/8/26 16:48",
      "destination_country_iso2":"us","language":"de","tracking_courier_account":"7"})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->details.comment, "c");
  EXPECT_EQ(read->details.customer_sms, "+2");
  EXPECT_EQ(read->details.destination_code, "US");
  EXPECT_EQ(read->details.language, "de");
  EXPECT_EQ(read->details.account_number, "7");
  EXPECT_EQ(read->details.order_time, utc(2017, 8, 26, 8, 48));
  EXPECT_EQ(read->archived, true);
  EXPECT_FALSE(read->details.title);
}

TEST_F(V4Fields, OfAListAreRead) {
  const auto read = list(
      "tracking_numbers=ab123%2Ccd456,&courier_code=DHL&created_date_min=2023-08-23T06:00:00+00:00"
      "&created_date_max=2023-09-05T07:20:42+00:00&updated_date_min=2023-08-24&delivery_status=transit"
      "&archived_status=false&items_amount=5000&pages_amount=3&lang=en&other=");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->page, 3);
  EXPECT_EQ(read->limit, 2000);
  EXPECT_EQ(read->filter.account, context.account);
  EXPECT_EQ(read->filter.folded_numbers, (std::vector<std::string>{"AB123", "CD456"}));
  EXPECT_EQ(read->filter.carrier, app::testing::carrier("dhl"));
  EXPECT_EQ(read->filter.created_min, utc(2023, 8, 23, 6));
  EXPECT_EQ(read->filter.created_max, utc(2023, 9, 5, 7, 20, 42) + std::chrono::milliseconds{999});
  EXPECT_EQ(read->filter.updated_min, utc(2023, 8, 23, 16));
  EXPECT_EQ(read->filter.status, domain::Status::Transit);
  EXPECT_FALSE(read->filter.announced);
  EXPECT_EQ(read->filter.archived, false);
  const auto otherwise = list("page=2&limit=7");
  EXPECT_EQ(otherwise->page, 2);
  EXPECT_EQ(otherwise->limit, 7);
  const auto all = list("page=0&items_amount=&delivery_status=&created_date_min=");
  EXPECT_EQ(all->page, 1);
  EXPECT_EQ(all->limit, 100);
  EXPECT_FALSE(all->filter.status || all->filter.created_min);
}

TEST_F(V4Fields, OfAListTellTheTwoReadingsOfNotFoundApart) {
  EXPECT_EQ(list("delivery_status=inforeceived")->filter.status, domain::Status::NotFound);
  EXPECT_EQ(list("delivery_status=inforeceived")->filter.announced, true);
  EXPECT_EQ(list("delivery_status=NotFound")->filter.announced, false);
}

TEST_F(V4Fields, OfAListThatCannotBeUnderstoodAreRefused) {
  for (const char* query : {"created_date_min=soon", "updated_date_max=17", "delivery_status=lost",
                            "archived_status=perhaps", "items_amount=many", "page=x"}) {
    EXPECT_EQ(list(query).error(), Code::FieldInvalid) << query;
  }
  EXPECT_EQ(list("courier_code=nobody").error(), Code::CourierInvalid);
  std::string numbers = "tracking_numbers=N0000";
  for (int i = 1; i < 41; ++i) numbers += ",N000" + std::to_string(i);
  EXPECT_EQ(list(numbers).error(), Code::TooManyRows);
}

}  // namespace
}  // namespace parcelwake::api::trackingmore_v4
