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

TEST(Zone, KnowsSummerTime) {
  const auto summer = WallTime{std::chrono::local_days{std::chrono::year{2024} / 7 / 1}.time_since_epoch()};
  const auto winter = WallTime{std::chrono::local_days{std::chrono::year{2024} / 1 / 1}.time_since_epoch()};
  EXPECT_EQ(zone_offset("Europe/Berlin", summer)->east.count(), 120);
  EXPECT_EQ(zone_offset("Europe/Berlin", winter)->east.count(), 60);
  EXPECT_FALSE(zone_offset("Europe/Nowhere", winter));
}

}  // namespace
}  // namespace parcelwake
