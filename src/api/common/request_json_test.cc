#include "api/common/request_json.h"

#include <gtest/gtest.h>

#include "app/testing/small_catalogue.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using domain::examples::utc;

struct Fields : ::testing::Test {
  app::testing::SmallCatalogue catalogue;
  FieldContext context{
      .account = domain::AccountId{7}, .time_zone = UtcOffset{std::chrono::hours{8}}, .catalogue = catalogue};

  Result<domain::Details, Meta> details(const std::string& json) {
    const auto body = read_object_body(json);
    if (!body) return fail(body.error());
    auto request = read_registration(body->rows().front(), context);
    if (!request) return fail(request.error());
    return request->details;
  }
  Result<app::UpdateCommand, Meta> update(const std::string& json) {
    return read_update(read_object_body(json)->rows().front(), {}, context);
  }
  Result<ListRequest, Meta> list(std::string_view query, const std::string& json = "{}") {
    const auto body = read_object_body(json);
    return read_list(parse_target("/", query), &body->rows().front(), context);
  }
};

TEST_F(Fields, OfARegistrationAreAllRead) {
  const std::string json = R"({"tracking_number":"AB123","carrier_code":" dhl ","title":"t","customer_name":"n",
      "customer_email":"e","customer_phone":"p","order_id":"o","comment":"c","logistics_channel":"l","lang":"RU",
      "destination_code":"us","tracking_ship_date":20240301,"tracking_postal_code":"12345",
      "tracking_account_number":"99","order_create_time":"2017/8/26 16:48","unknown":{"a":[1]}})";
  const auto body = read_object_body(json);
  ASSERT_TRUE(body.ok());
  const auto request = read_registration(body->rows().front(), context);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->account, domain::AccountId{7});
  EXPECT_EQ(request->number, "AB123");
  EXPECT_EQ(request->carrier, "dhl");
  domain::Details expected;
  expected.title = "t";
  expected.customer_name = "n";
  expected.customer_email = "e";
  expected.customer_phone = "p";
  expected.order_id = "o";
  expected.comment = "c";
  expected.logistics_channel = "l";
  expected.language = "ru";
  expected.destination_code = "US";
  expected.ship_date = "20240301";
  expected.postal_code = "12345";
  expected.account_number = "99";
  expected.order_time = utc(2017, 8, 26, 8, 48);
  EXPECT_EQ(request->details, expected);
}

TEST_F(Fields, ThatAreNullOrEmptyAreNotGiven) {
  EXPECT_EQ(*details(R"({"title":null,"order_id":"","destination_code":null})"), domain::Details{});
  EXPECT_EQ(*details(""), domain::Details{});
  EXPECT_EQ(*details("tracking_number=AB123"), domain::Details{});
}

TEST_F(Fields, TakeNumbersAndBoolsAsText) {
  const auto read = details(R"({"order_id":17,"comment":true,"title":-1.50})");
  EXPECT_EQ(read->order_id, "17");
  EXPECT_EQ(read->comment, "true");
  EXPECT_EQ(read->title, "-1.50");
}

TEST_F(Fields, OfOtherKindsOrTooLongAreNotUnderstood) {
  for (const std::string& json : {std::string(R"({"title":{}})"), std::string(R"({"order_id":[1]})"),
                                  R"({"comment":")" + std::string(4097, 'a') + R"("})"}) {
    ASSERT_FALSE(details(json).ok()) << json;
    EXPECT_EQ(details(json).error(), Meta::NotUnderstood);
  }
  EXPECT_TRUE(details(R"({"comment":")" + std::string(4096, 'a') + R"("})").ok());
}

TEST_F(Fields, HaveAliases) {
  EXPECT_EQ(details(R"({"order":"5"})")->order_id, "5");
  EXPECT_EQ(details(R"({"order":"5","order_id":"6"})")->order_id, "6");
  EXPECT_EQ(details(R"({"specialNumberDestination":"Germany"})")->destination_code, "DE");
  EXPECT_EQ(details(R"({"tracking_destination_country":"ph"})")->destination_code, "PH");
  EXPECT_EQ(details(R"({"destination_code":"Atlantis"})")->destination_code, "");
}

TEST(Bodies, AreToldByTheirBytes) {
  EXPECT_TRUE(read_object_body("\xEF\xBB\xBF{\"a\":1}").ok());  // a byte order mark, as .NET may send it
  EXPECT_TRUE(read_object_body("{}").ok());
  EXPECT_TRUE(read_object_body("  \n").ok());
  for (const char* text : {"[]", "[{}]", "1", "\"a\"", "{\"a\":", "hello", "\xff"}) {
    ASSERT_FALSE(read_object_body(text).ok()) << text;
    EXPECT_EQ(read_object_body(text).error(), Meta::NotUnderstood);
  }
  EXPECT_EQ(read_array_body("[{},{}]")->rows().size(), 2U);
  for (const char* text : {"[]", "{}", "", "a=b", "[{"}) EXPECT_FALSE(read_array_body(text).ok()) << text;
}

TEST_F(Fields, OfAnUpdateThatAreNotGivenStay) {
  const auto command = update(R"({"title":"t","order_id":"","comment":null})");
  ASSERT_TRUE(command.ok());
  EXPECT_EQ(command->details.title, "t");
  EXPECT_EQ(command->details.order_id, std::nullopt);
  EXPECT_EQ(command->details.comment, std::nullopt);
  EXPECT_EQ(command->archived, std::nullopt);
  EXPECT_EQ(command->status, std::nullopt);
}

TEST_F(Fields, OfAnUpdateSetStatusAndArchive) {
  EXPECT_EQ(update(R"({"status":4})")->status, app::ManualStatus::Delivered);
  EXPECT_EQ(update(R"({"status":"7"})")->status, app::ManualStatus::Exception);
  EXPECT_EQ(update(R"({"status":" 8 "})")->status, app::ManualStatus::Automatic);
  for (const char* json : {R"({"status":5})", R"({"status":"delivered"})", R"({"status":true})"}) {
    ASSERT_FALSE(update(json).ok()) << json;
    EXPECT_EQ(update(json).error(), Meta::StatusInvalid);
  }
  EXPECT_EQ(update(R"({"archived":"true"})")->archived, true);
  EXPECT_EQ(update(R"({"archived":false})")->archived, false);
  EXPECT_EQ(update(R"({"archived":0})")->archived, false);
  EXPECT_EQ(update(R"({"archived":"maybe"})").error(), Meta::NotUnderstood);
}

TEST_F(Fields, OfAListAreReadFromTheQueryFirst) {
  const auto request = list("page=2&limit=25&status=transit&archived=true&numbers=ab1,%20cd2,,&orders=x",
                            R"({"page":9,"orders":"y","created_at_min":"1700000000"})");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->page, 2);
  EXPECT_EQ(request->limit, 25);
  EXPECT_EQ(request->filter.account, domain::AccountId{7});
  EXPECT_EQ(request->filter.status, domain::Status::Transit);
  EXPECT_EQ(request->filter.archived, true);
  EXPECT_EQ(request->filter.folded_numbers, (std::vector<std::string>{"AB1", "CD2"}));
  EXPECT_EQ(request->filter.order_ids, std::vector<std::string>{"x"});
  EXPECT_EQ(request->filter.created_min, from_unix_seconds(1700000000));
}

TEST_F(Fields, OfAListThatAreEmptyFilterNothing) {
  const auto request = list("status=&created_at_min=&orders&numbers=&archived=perhaps&page=0&limit=x");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->page, 1);
  EXPECT_EQ(request->limit, 100);
  EXPECT_EQ(request->filter.status, std::nullopt);
  EXPECT_EQ(request->filter.archived, std::nullopt);
  EXPECT_EQ(request->filter.created_min, std::nullopt);
  EXPECT_TRUE(request->filter.folded_numbers.empty());
  EXPECT_TRUE(request->filter.order_ids.empty());
}

TEST_F(Fields, OfAListBoundTimesByWholeSeconds) {
  const auto request = list("update_time_min=10&update_time_max=10&order_created_time_max=99999999999999");
  EXPECT_EQ(request->filter.updated_min, from_unix_seconds(10));
  EXPECT_EQ(request->filter.updated_max, from_unix_seconds(10) + std::chrono::milliseconds{999});
  EXPECT_EQ(request->filter.ordered_max, from_unix_seconds(253402300799) + std::chrono::milliseconds{999});
  EXPECT_EQ(list("created_at_min=yesterday").error(), Meta::NotUnderstood);
}

TEST_F(Fields, OfAListHaveLimits) {
  EXPECT_EQ(list("limit=5000")->limit, 2000);
  EXPECT_EQ(list("status=lost").error(), Meta::StatusInvalid);
  std::string numbers = "numbers=a";
  for (int i = 1; i < 40; ++i) numbers += ",a";
  EXPECT_TRUE(list(numbers).ok());
  EXPECT_EQ(list(numbers + ",a").error(), Meta::OverLimit);
}

TEST(OrderTime, IsADateByTheAccountsClockOrUnixSeconds) {
  const UtcOffset zone{std::chrono::hours{8}};
  EXPECT_EQ(parse_order_time("2017/8/26 16:48", zone), utc(2017, 8, 26, 8, 48));
  EXPECT_EQ(parse_order_time(" 2017-08-26T16:48:05 ", zone), utc(2017, 8, 26, 8, 48, 5));
  EXPECT_EQ(parse_order_time("2017-08-26", zone), utc(2017, 8, 25, 16));
  EXPECT_EQ(parse_order_time("1503766080", zone), from_unix_seconds(1503766080));
  EXPECT_EQ(parse_order_time("1503766080.0", zone), from_unix_seconds(1503766080));
}

TEST(OrderTime, IsNothingForAnythingElse) {
  for (const char* text :
       {"", "soon", "2017", "2017-08", "2017-02-30", "2017-13-01", "2017-08-26 16", "20170826", "2017-08-26 24:00",
        "2017-08-26 16:48:00+08:00", "1969-12-31", "99999-01-01", "2017--08-26"}) {
    EXPECT_EQ(parse_order_time(text, {}), std::nullopt) << text;
  }
}

TEST(LanguageOf, IsTwoLettersOrNothing) {
  EXPECT_EQ(language_of(" RU "), "ru");
  for (const char* text : {"", "r", "rus", "r1", "zh-cn"}) EXPECT_EQ(language_of(text), "") << text;
}

}  // namespace
}  // namespace parcelwake::api
