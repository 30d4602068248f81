#include "api/webhooks.h"

#include <gtest/gtest.h>

#include "api/common/response_json.h"
#include "api/trackingmore_v2/dialect.h"
#include "api/trackingmore_v4/response_json.h"
#include "api/trackru_v1/dialect.h"
#include "api/tracktry_v1/dialect.h"
#include "app/testing/small_catalogue.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"

namespace parcelwake::api {
namespace {

using domain::examples::report_of;
using domain::examples::scan;
using domain::examples::utc;

struct WebhookBodies : ::testing::Test {
  app::testing::SmallCatalogue catalogue;
  const Webhooks webhooks{catalogue, {trackingmore_v2(), tracktry_v1(), trackru_v1()}};
  domain::Notice notice{.tracking = domain::examples::registered(), .changed_at = utc(2024, 3, 2), .sequence = 3};
  domain::Endpoint endpoint;
  domain::Account account;
  // The moment of the vendor's printed example.
  const Timestamp now = from_unix_seconds(1'653'632'765);

  void SetUp() override {
    account.email = "info@trackingmore.org";
    notice.tracking.origin.carrier = notice.tracking.carrier;
    domain::Checkpoint event = scan(1, 13);
    event.description = "Left\nthe\r\nbuilding \xe2\x80\xa8";  // what a carrier says may hold line breaks
    domain::absorb_report(notice.tracking, domain::LegKind::Origin, report_of({event}), utc(2024, 3, 2));
  }
  ports::RenderedWebhook render(std::string dialect, Timestamp at) {
    endpoint.dialect = std::move(dialect);
    return webhooks.render(notice, endpoint, account, at).value();
  }
  std::string read_in(const Dialect& dialect) {
    std::string text;
    wire::json::Writer writer(text);
    write_tracking(
        writer, notice.tracking,
        {.dialect = dialect, .catalogue = catalogue, .time_zone = account.time_zone, .now = notice.changed_at});
    return text;
  }
};

TEST_F(WebhookBodies, OfV1AndV2HoldTheTrackingAsItIsReadAndAreSignedWithTheEmail) {
  for (const Dialect* dialect : {&trackingmore_v2(), &tracktry_v1(), &trackru_v1()}) {
    const auto rendered = render(std::string(dialect->name), now);
    EXPECT_EQ(rendered.body, R"({"meta":{"code":200,"type":"Success","message":"Success"},"data":)" +
                                 read_in(*dialect) +
                                 R"(,"verifyInfo":{"timeStr":1653632765,"signature":)"
                                 R"("0d90bb874fed0b056d8b3aa794529ebacd49932a0cea691629b63eaf2ca9d400"}})");
    EXPECT_TRUE(rendered.headers.empty());
    EXPECT_EQ(rendered.taken_by, ports::TakenBy::Only200);
  }
}

TEST_F(WebhookBodies, AreOneLineWhateverACarrierSays) {
  for (const std::string_view dialect : webhook_dialects()) {
    EXPECT_EQ(render(std::string(dialect), now).body.find_first_of("\r\n"), std::string::npos) << dialect;
  }
}

TEST_F(WebhookBodies, AreSignedAnewAtEachAttempt) {
  const auto first = render("trackingmore-v2", now);
  const auto second = render("trackingmore-v2", now + std::chrono::seconds{1});
  EXPECT_NE(first.body, second.body);
  EXPECT_EQ(first.body.substr(0, first.body.find("verifyInfo")), second.body.substr(0, second.body.find("verifyInfo")));
}

TEST_F(WebhookBodies, OfV4AreSignedInHeadersWithTheSecret) {
  const auto rendered = render("trackingmore-v4", from_unix_seconds(1'662'371'528));
  std::string expected;
  {
    wire::json::Writer writer(expected);
    trackingmore_v4::write_tracking(writer, notice.tracking,
                                    {.catalogue = catalogue, .time_zone = account.time_zone, .now = notice.changed_at});
  }
  EXPECT_EQ(rendered.body,
            R"({"meta":{"code":200,"message":"Request response is successful"},"data":)" + expected + "}");
  ASSERT_EQ(rendered.headers.size(), 2U);
  EXPECT_EQ(rendered.headers[0], std::pair(std::string("timestamp"), std::string("1662371528")));
  EXPECT_EQ(rendered.headers[1].first, "signature");
  // Of the key "whsec_AAAA…=": computed by another program.
  EXPECT_EQ(rendered.headers[1].second, "3f06be7cd240f8a2ecbed4a156e59f70616fa7757d4c95c979b748e20ac190ca");
  EXPECT_EQ(rendered.taken_by, ports::TakenBy::Any2xx);
}

TEST_F(WebhookBodies, OfAnUnknownDialectAreNone) {
  endpoint.dialect = "trackingmore-v9";
  EXPECT_FALSE(webhooks.render(notice, endpoint, account, now));
}

}  // namespace
}  // namespace parcelwake::api
