#include "carriers/declaration/time_pattern.h"

#include <gtest/gtest.h>

namespace parcelwake::carriers {
namespace {

// "2024-03-01 10:00:00.000 +02:00 second", or "none".
std::string read(std::string_view pattern, std::string_view written) {
  const auto time = TimePattern::compile(pattern).value().read(written);
  if (!time) return "none";
  std::string out;
  append_date_second(out, time->wall);
  if (const auto ms = time->wall.time_since_epoch().count() % 1000; ms != 0) out += "." + std::to_string(ms);
  if (time->offset) out += " " + to_string(*time->offset);
  if (time->precision == domain::Precision::Date) out += " date";
  if (time->precision == domain::Precision::Minute) out += " minute";
  return out;
}

TEST(TimePattern, Iso) {
  EXPECT_EQ(read("iso", "2024-03-01"), "2024-03-01 00:00:00 date");
  EXPECT_EQ(read("iso", "2024-03-01T10:05"), "2024-03-01 10:05:00 minute");
  EXPECT_EQ(read("iso", "2024-03-01 10:05:09"), "2024-03-01 10:05:09");
  EXPECT_EQ(read("iso", "2024-03-01T10:05:09Z"), "2024-03-01 10:05:09 +00:00");
  EXPECT_EQ(read("iso", "2024-03-01T10:05:09.1234567+02:00"), "2024-03-01 10:05:09.123 +02:00");
  EXPECT_EQ(read("iso", "2024-03-01T10:05:09-0430"), "2024-03-01 10:05:09 -04:30");
  EXPECT_EQ(read("iso", "20240301"), "2024-03-01 00:00:00 date");
  EXPECT_EQ(read("iso", "20240301T100509Z"), "2024-03-01 10:05:09 +00:00");
}

TEST(TimePattern, Letters) {
  EXPECT_EQ(read("yyyyMMdd HHmmss", "20240301 100509"), "2024-03-01 10:05:09");
  EXPECT_EQ(read("dd.MM.yyyy HH:mm", "01.03.2024 10:05"), "2024-03-01 10:05:00 minute");
  EXPECT_EQ(read("MMMM d, yyyy h:mm a", "March 1, 2024 12:05 am"), "2024-03-01 00:05:00 minute");
  EXPECT_EQ(read("MMMM d, yyyy h:mm a", "May 28, 2024 1:05 P.M."), "2024-05-28 13:05:00 minute");
  EXPECT_EQ(read("MMMM d, yyyy", "September 30, 2024"), "2024-09-30 00:00:00 date");
  EXPECT_EQ(read("M/d/yyyy h:mm:ss a", "3/1/2024 12:05:09 PM"), "2024-03-01 12:05:09");
  EXPECT_EQ(read("EEE, d MMM yy HH:mm Z", "Fri, 1 Mar 24 10:05 +0100"), "2024-03-01 10:05:00 +01:00 minute");
  EXPECT_EQ(read("yyyy''MMdd", "20240301"), "2024-03-01 00:00:00 date");
  EXPECT_EQ(read("yyyy'年'M'月'd'日'", "2024年3月1日"), "2024-03-01 00:00:00 date");
}

TEST(TimePattern, Epochs) {
  EXPECT_EQ(read("epoch_s", "1709287509"), "2024-03-01 10:05:09 +00:00");
  EXPECT_EQ(read("epoch_ms", "1709287509123"), "2024-03-01 10:05:09.123 +00:00");
  EXPECT_EQ(read("dotnet", "/Date(1709287509000)/"), "2024-03-01 10:05:09 +00:00");
  EXPECT_EQ(read("dotnet", "/Date(1709287509000+0100)/"), "2024-03-01 11:05:09 +01:00");
}

TEST(TimePattern, WhatDoesNotFitGivesNothing) {
  for (const char* text :
       {"", "2024", "2024-02-30", "2024-13-01", "2024-03-01T25:00", "2024-03-01T10:61", "2024-03-01Tnoon",
        "2024-03-01T10:05:09+25:00", "0001-01-01T00:00:00", "tomorrow", "2024-03-01T10:05:09 and more"}) {
    EXPECT_EQ(read("iso", text), "none") << text;
  }
  EXPECT_EQ(read("dd.MM.yyyy HH:mm", "01.03.2024"), "none");
  EXPECT_EQ(read("epoch_s", "99999999999999999999"), "none");
  EXPECT_EQ(read("epoch_s", "-5"), "none");
  EXPECT_EQ(read("epoch_s", "-9223372036854775808"), "none");
  EXPECT_EQ(read("dotnet", "/Date()/"), "none");
}

TEST(TimePattern, WhatIsNoPatternIsRefused) {
  EXPECT_FALSE(TimePattern::compile("").ok());
  EXPECT_FALSE(TimePattern::compile("yyyyy").ok());
  EXPECT_FALSE(TimePattern::compile("dd.MM.yyyy Q").ok());
  EXPECT_FALSE(TimePattern::compile("d 'of").ok());
}

}  // namespace
}  // namespace parcelwake::carriers
