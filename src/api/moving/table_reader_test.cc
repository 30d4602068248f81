#include "api/moving/table_reader.h"

#include <gtest/gtest.h>

#include "api/moving/moment_text.h"
#include "api/moving/tracking_export.h"
#include "app/testing/small_catalogue.h"
#include "domain/tracking/absorb_report.h"
#include "domain/tracking/examples.h"
#include "wire/csv/row_reader.h"

namespace parcelwake::api {
namespace {

using domain::examples::utc;
using Cells = std::vector<std::string>;

const app::testing::SmallCatalogue kCatalogue;
const Timestamp kNow = utc(2024, 4, 1);
constexpr UtcOffset kBeijing{std::chrono::hours{8}};
const ReadContext kContext{.time_zone = kBeijing, .catalogue = kCatalogue};

FileRow only_row(const Cells& head, const Cells& cells) {
  auto reader = TableReader::open(head, {});
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader->take(2, cells, kContext, kNow));
  return *reader->finish();
}

std::string refusal(const Cells& head, const std::map<std::string, std::string>& names = {}) {
  const auto reader = TableReader::open(head, names);
  return reader ? "" : reader.error();
}

TEST(TableReader, KnowsTheHeadingsOfShops) {
  const FileRow row = only_row({"Tracking No.", "Courier", "Order-Date", "shipping country", "Anything"},
                               {"12345", "Deutsche Post", "2024/3/1 10:00", "germany", "x"});
  EXPECT_EQ(row.fault, "");
  EXPECT_EQ(row.told.number, "12345");
  EXPECT_EQ(row.told.carrier, "deutsche-post");
  EXPECT_EQ(row.told.tracking.details.order_time, utc(2024, 3, 1, 2));
  EXPECT_EQ(row.told.tracking.details.destination_code, "DE");
  EXPECT_EQ(row.told.tracking.created_at, kNow);
}

TEST(TableReader, SaysWhatIsWrongWithAHead) {
  EXPECT_NE(refusal({"a", "b"}).find("tracking numbers"), std::string::npos);
  EXPECT_NE(refusal({"awb", "number"}).find("two columns"), std::string::npos);
  EXPECT_NE(refusal({"awb"}, {{"x", "title"}}).find("no column 'x'"), std::string::npos);
  EXPECT_NE(refusal({"awb"}, {{"awb", "x"}}).find("'x' is no field"), std::string::npos);
  EXPECT_EQ(refusal({"awb", "number"}, {{"number", "title"}}), "");
}

TEST(TableReader, SaysWhatIsWrongWithARow) {
  EXPECT_NE(only_row({"number", "created_at"}, {"12345", "soon"}).fault.find("'soon' makes no sense as created_at"),
            std::string::npos);
  EXPECT_NE(only_row({"number", "created_at"}, {"12345"}).fault.find("1 cells, not 2"), std::string::npos);
}

domain::Tracking full() {
  domain::Tracking tracking = domain::examples::registered();
  tracking.origin.carrier = tracking.carrier;
  tracking.details.title = "a \"title\",\nof two lines ";
  tracking.details.order_time = utc(2024, 2, 28, 8, 48);
  tracking.archived = true;
  domain::CarrierReport report = domain::examples::report_of(
      {domain::examples::scan(2, 10), domain::examples::scan(3, 11, "Arrived"), domain::examples::scan(3, 11, "Gone")});
  report.last_mile_carrier = app::testing::carrier("usps");
  report.last_mile_number = "L1";
  report.reading = domain::examples::kInTransit;
  domain::absorb_report(tracking, domain::LegKind::Origin, report, utc(2024, 3, 3, 12));
  domain::Checkpoint odd = domain::examples::scan(4, 1);
  odd.time = {.wall = domain::examples::wall(2024, 3, 4), .offset = {}, .precision = domain::Precision::Date};
  odd.reading.reset();
  odd.notice = true;
  domain::absorb_report(tracking, domain::LegKind::Destination, domain::examples::report_of({odd}), utc(2024, 3, 4));
  domain::set_manual_status(tracking, domain::Status::Delivered, utc(2024, 3, 5));
  return tracking;
}

domain::Tracking accepted(FileRow row, const domain::Tracking& original) {
  EXPECT_EQ(row.fault, "");
  EXPECT_EQ(row.told.id, original.id.hex());
  auto made =
      app::accept(std::move(row.told), {.account = original.account, .time_zone = kBeijing, .catalogue = kCatalogue});
  EXPECT_TRUE(made.ok());
  made->tracking.id = original.id;
  return made->tracking;
}

TEST(Export, JsonLinesComeBackWhole) {
  const domain::Tracking tracking = full();
  std::string line;
  append_exported(line, tracking, ExportForm::Jsonl, true);
  EXPECT_EQ(accepted(read_json_line(1, line, kContext, kNow), tracking), tracking);
}

TEST(Export, TablesComeBackWhole) {
  const domain::Tracking tracking = full();
  std::string text;
  append_export_head(text, ExportForm::Csv, true);
  append_exported(text, tracking, ExportForm::Csv, true);
  wire::csv::RowReader rows_of(',');
  std::vector<wire::csv::Row> rows;
  rows_of.feed(text, rows);
  ASSERT_TRUE(rows_of.finish(rows));
  ASSERT_EQ(rows.size(), 5U);
  auto reader = TableReader::open(rows.front().cells, {});
  ASSERT_TRUE(reader.ok());
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_FALSE(reader->take(rows[i].line, rows[i].cells, kContext, kNow));
  }
  EXPECT_EQ(accepted(*reader->finish(), tracking), tracking);
}

TEST(Export, TimesStandBesideEachOther) {
  domain::Checkpoint event = domain::examples::scan(2, 10);
  event.time.offset = kBeijing;
  std::string shown;
  for (const EventColumn& column : event_columns()) shown += column.text(event, domain::LegKind::Origin) + "|";
  EXPECT_TRUE(shown.starts_with(
      "origin|as the carrier wrote it|2024-03-02T10:00:00|+08:00|true|2024-03-02T02:00:00.000Z|Departed|"))
      << shown;
}

TEST(Moments, AreToTheMillisecond) {
  const Timestamp moment = utc(2024, 3, 1, 10) + std::chrono::milliseconds{7};
  EXPECT_EQ(moment_text(moment), "2024-03-01T10:00:00.007Z");
  EXPECT_EQ(read_moment(moment_text(moment), kBeijing), moment);
  EXPECT_EQ(read_moment("2024-03-01 18:00", kBeijing), utc(2024, 3, 1, 10));
  EXPECT_EQ(read_moment("noon", kBeijing), std::nullopt);
}

}  // namespace
}  // namespace parcelwake::api
