#include "api/moving/vendor_list_json.h"

#include <gtest/gtest.h>

#include "api/common/response_json.h"
#include "api/trackingmore_v2/dialect.h"
#include "app/testing/small_catalogue.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using domain::Reading;
using domain::Status;
using domain::Substatus;
using domain::examples::utc;
using domain::examples::wall;

const app::testing::SmallCatalogue kCatalogue;
const Timestamp kNow = utc(2024, 4, 1);

auto read(std::string_view body, std::string_view vendor = "trackingmore") {
  return read_vendor_page(body, *find_vendor(vendor), kCatalogue, kNow);
}

std::string page_of(const std::string& items) {
  return R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":{"page":1,"total":"1","items":[)" + items +
         "]}}";
}

app::ToldTracking only_row(const std::string& item, std::string_view vendor = "trackingmore") {
  auto rows = read(page_of(item), vendor);
  EXPECT_TRUE(rows.ok() && rows->size() == 1);
  return std::move(rows->front().told);
}

PageError failure(std::string_view body) {
  const auto rows = read(body);
  EXPECT_FALSE(rows.ok());
  return rows.error().error;
}

TEST(VendorList, WhatItAnswersInsteadOfAPage) {
  EXPECT_EQ(failure(R"({"meta":{"code":4001,"message":"Invalid API key."},"data":[]})"), PageError::Refused);
  EXPECT_EQ(failure(R"({"meta":{"code":429},"data":[]})"), PageError::Throttled);
  EXPECT_EQ(failure(R"({"meta":{"code":503},"data":[]})"), PageError::Failed);
  for (const char* body : {"", "<html>", "[]", "{}", R"({"meta":{}})", R"({"meta":{"code":200}})",
                           R"({"meta":{"code":200},"data":{"items":[{"id":)", R"({"meta":{"code":200},"data":{}})"}) {
    EXPECT_EQ(failure(body), PageError::Unreadable) << body;
  }
}

TEST(VendorList, NoMoreRowsIsAnEmptyPage) {
  EXPECT_TRUE(read(R"({"meta":{"code":4031},"data":[]})")->empty());
  EXPECT_TRUE(read(R"({"meta":{"code":200},"data":[]})")->empty());
  EXPECT_TRUE(read(page_of(""))->empty());
}

TEST(VendorList, ARowThatIsNoObjectHasNoNumber) { EXPECT_EQ(only_row("7").number, ""); }

TEST(VendorList, EventsComeOldestFirstWithWhatTheClockShowed) {
  const auto told = only_row(R"({"tracking_number":"12345","created_at":"2024-03-01T10:00:00+08:00","origin_info":{
      "ReferenceNumber":"R1","trackinfo":[
        {"Date":"2024-03-02 09:30","StatusDescription":"Out","Details":"BONN","checkpoint_status":"pickup",
         "substatus":"pickup001"},
        {"Date":"2024-03-01 16:35:07","StatusDescription":"Posted","Details":"","checkpoint_status":"transit",
         "ItemNode":"ItemReceived"}]},
      "destination_info":{"carrier_code":"usps","trackinfo":[{"Date":"soon","StatusDescription":"?","Details":""}]}})");
  ASSERT_EQ(told.origin_events.size(), 2U);
  EXPECT_EQ(told.origin_events[0].time.wall, wall(2024, 3, 1, 16, 35, 7));
  EXPECT_EQ(told.origin_events[0].time.precision, domain::Precision::Second);
  EXPECT_EQ(told.origin_events[0].milestone, domain::Milestone::ItemReceived);
  EXPECT_EQ(told.origin_events[0].source, "import/trackingmore");
  EXPECT_EQ(told.origin_events[1].time.precision, domain::Precision::Minute);
  EXPECT_FALSE(told.origin_events[1].time.offset);
  EXPECT_EQ(told.origin_events[1].reading, domain::examples::kOutForDelivery);
  ASSERT_EQ(told.destination_events.size(), 1U);
  EXPECT_EQ(told.destination_events[0].time_raw, "soon");
  EXPECT_EQ(told.destination_events[0].time.precision, domain::Precision::None);
  EXPECT_EQ(told.tracking.destination.carrier, app::testing::carrier("usps"));
  EXPECT_EQ(told.tracking.created_at, utc(2024, 3, 1, 2));
}

TEST(VendorList, SubstatusesAreTheVendorsOwn) {
  const std::string returned = R"({"status":"exception","substatus":"exception005"})";
  EXPECT_EQ(only_row(returned, "tracktry").standing, (Reading{Status::Exception, Substatus::Returned}));
  EXPECT_EQ(only_row(returned).standing, (Reading{Status::Exception, Substatus::OtherException}));
  EXPECT_EQ(only_row(R"({"status":"exception","substatus":"exception002"})", "trackru").standing,
            (Reading{Status::Expired, Substatus::Aged}));
  EXPECT_EQ(only_row(R"({"status":"notfound","substatus":"not found001"})").standing,
            (Reading{Status::NotFound, Substatus::InfoReceived}));
  EXPECT_EQ(only_row(R"({"status":"lost in space"})").standing, std::nullopt);
}

TEST(VendorList, OddKindsAreReadForWhatTheyMean) {
  const auto told = only_row(R"({"tracking_number":1234567,"archived":"true","customer_email":["a@example.com"],
      "title":null,"order_id":17,"updated_at":null,"created_at":"2024-03-01T10:00:00+08:00","itemTimeLength":"3",
      "stayTimeLength":2})");
  EXPECT_EQ(told.number, "1234567");
  EXPECT_TRUE(told.tracking.archived);
  EXPECT_EQ(told.tracking.details.customer_email, "a@example.com");
  EXPECT_EQ(told.tracking.details.order_id, "17");
  EXPECT_EQ(told.tracking.details.title, "");
  EXPECT_EQ(told.tracking.updated_at, told.tracking.created_at);
  EXPECT_EQ(told.days->in_transit, 3);
}

// What our own TrackingMore v2 answer says of a tracking comes back as that answer.
TEST(VendorList, IsTheReverseOfResponseJson) {
  domain::Tracking tracking = domain::examples::registered();
  tracking.carrier = app::testing::carrier("deutsche-post");
  tracking.origin.carrier = tracking.carrier;
  tracking.details = {.title = "shoes",
                      .customer_name = "Jo",
                      .order_id = "17",
                      .comment = "\"fragile\"",
                      .destination_code = "US",
                      .order_time = utc(2024, 2, 28, 8, 48)};
  tracking.archived = true;
  domain::absorb_report(
      tracking, domain::LegKind::Origin,
      domain::examples::report_of({domain::examples::scan(2, 10), domain::examples::scan(3, 11, "Arrived")}),
      utc(2024, 3, 3, 12));
  const Dialect& dialect = trackingmore_v2();
  const View view{.dialect = dialect, .catalogue = kCatalogue, .time_zone = {}, .now = kNow};
  std::string before;
  {
    wire::json::Writer writer(before);
    write_tracking(writer, tracking, view);
  }
  auto told = only_row(before);
  auto accepted = app::accept(std::move(told), {.account = tracking.account, .time_zone = {}, .catalogue = kCatalogue});
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->former_id, tracking.id.hex());
  accepted->tracking.id = tracking.id;
  std::string after;
  wire::json::Writer writer(after);
  write_tracking(writer, accepted->tracking, view);
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace parcelwake::api
