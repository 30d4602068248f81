#include "base/time.h"

#include <gtest/gtest.h>

namespace parcelwake {
namespace {

TEST(UtcOffset, ReadsTheFormsCarriersSend) {
  for (const auto& [text, minutes] :
       {std::pair{"+08:00", 480}, {"+0800", 480}, {"-3:30", -210}, {"+8", 480}, {"Z", 0}, {"-00:00", 0}}) {
    const auto offset = parse_utc_offset(text);
    ASSERT_TRUE(offset) << text;
    EXPECT_EQ(offset->east.count(), minutes) << text;
  }
  for (const auto* text : {"", "+", "8", "+19:00", "+08:60", "+08:0", "08:00", "+1:2:3", "+:30"}) {
    EXPECT_FALSE(parse_utc_offset(text)) << text;
  }
}

TEST(Iso, ShowsTheInstantAtTheOffset) {
  EXPECT_EQ(to_iso(from_unix_seconds(1709258400), UtcOffset{std::chrono::hours{8}}), "2024-03-01T10:00:00+08:00");
  EXPECT_EQ(to_iso(from_unix_seconds(-1), UtcOffset{}), "1969-12-31T23:59:59+00:00");
}

std::string date_second(WallTime wall) {
  std::string text = "at ";
  append_date_second(text, wall);
  return text;
}

TEST(Date, IsAppendedAsFineAsAsked) {
  const WallTime wall = to_wall(from_unix_seconds(1709258403) + std::chrono::milliseconds{999}, UtcOffset{});
  std::string text = "at ";
  append_date(text, wall);
  append_date_minute(text, wall, 'T');
  EXPECT_EQ(text, "at 2024-03-012024-03-01T02:00");
  EXPECT_EQ(date_second(wall), "at 2024-03-01 02:00:03");
}

TEST(Date, BeforeTheEpochCountsForward) {
  EXPECT_EQ(date_second(WallTime{std::chrono::milliseconds{-1}}), "at 1969-12-31 23:59:59");
}

TEST(Date, StaysWithinTheYearsOfFourDigits) {
  EXPECT_EQ(date_second(WallTime{std::chrono::local_days{std::chrono::year{12'345} / 1 / 2}}),
            "at 9999-01-02 00:00:00");
  EXPECT_EQ(date_second(WallTime{std::chrono::local_days{std::chrono::year{-7} / 1 / 2}}), "at 0000-01-02 00:00:00");
}

TEST(Zone, KnowsSummerTime) {
  const auto summer = WallTime{std::chrono::local_days{std::chrono::year{2024} / 7 / 1}.time_since_epoch()};
  const auto winter = WallTime{std::chrono::local_days{std::chrono::year{2024} / 1 / 1}.time_since_epoch()};
  EXPECT_EQ(zone_offset("Europe/Berlin", summer)->east.count(), 120);
  EXPECT_EQ(zone_offset("Europe/Berlin", winter)->east.count(), 60);
  EXPECT_FALSE(zone_offset("Europe/Nowhere", winter));
}

}  // namespace
}  // namespace parcelwake
