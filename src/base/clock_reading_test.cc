#include "base/clock_reading.h"

#include <gtest/gtest.h>

namespace parcelwake {
namespace {

using Detail = ClockReading::Detail;

std::string shown(std::string_view text) {
  const auto clock = read_clock(text);
  if (!clock) return "nothing";
  std::string out;
  append_date_second(out, clock->wall);
  out += clock->detail == Detail::Date ? " date" : clock->detail == Detail::Minute ? " minute" : " second";
  if (const auto fraction = clock->wall.time_since_epoch().count() % 1000) out += " +" + std::to_string(fraction);
  if (clock->offset) out += " " + to_string(*clock->offset);
  return out;
}

TEST(ReadClock, KeepsHowMuchOfAClockWasWritten) {
  EXPECT_EQ(shown("2024-03-01"), "2024-03-01 00:00:00 date");
  EXPECT_EQ(shown("2024-03-01 10:05"), "2024-03-01 10:05:00 minute");
  EXPECT_EQ(shown("2024-03-01 10:05:09"), "2024-03-01 10:05:09 second");
  EXPECT_EQ(shown("2024-03-01T10:05:09.2509+08:00"), "2024-03-01 10:05:09 second +250 +08:00");
  EXPECT_EQ(shown("2024-03-01T10:05Z"), "2024-03-01 10:05:00 minute +00:00");
}

TEST(ReadClock, RefusesWhatNoClockShows) {
  for (const char* text : {"", "2024", "2024-3-1", "2024-02-30", "2024-03-01 24:00", "2024-03-01 10:60", "0000-01-01",
                           "2024-03-01 10", "2024-03-01T", "2024-03-01 10:05:", "2024-03-01 10:05:09.",
                           "2024-03-01 10:05 noon", "2024-03-01+08:00", "2024/03/01"}) {
    EXPECT_EQ(shown(text), "nothing") << text;
  }
}

TEST(ReadClock, AWrittenOffsetOutranksTheZone) {
  const UtcOffset east{std::chrono::hours{8}};
  EXPECT_EQ(read_clock("2024-03-01 10:00")->instant(east), read_clock("2024-03-01 02:00Z")->instant(east));
}

}  // namespace
}  // namespace parcelwake
