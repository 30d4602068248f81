#include "base/observe/metrics.h"

#include <gtest/gtest.h>

#include <thread>

namespace parcelwake::metrics {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(MetricsPage, SaysCountersGaugesAndTheirLabels) {
  Page page;
  page.counter("requests_total", "Requests.", 3, {{"route", "a\"b\\c\nd"}});
  page.counter("requests_total", "Requests.", 4, {{"route", "e"}});
  page.gauge("depth", "Depth.", 1.5);
  const std::string text = page.text();
  EXPECT_TRUE(has_line(text, "# TYPE requests_total counter")) << text;
  EXPECT_TRUE(has_line(text, R"(requests_total{route="a\"b\\c\nd"} 3)")) << text;
  EXPECT_TRUE(has_line(text, R"(requests_total{route="e"} 4)")) << text;
  EXPECT_TRUE(has_line(text, "# TYPE depth gauge")) << text;
  EXPECT_TRUE(has_line(text, "depth 1.5")) << text;
  EXPECT_EQ(text.find("# HELP requests_total"), text.rfind("# HELP requests_total")) << "one family, told once";
}

TEST(MetricsPage, AHistogramCountsUpwards) {
  Histogram histogram(kTimes);
  histogram.observe(50'000);          // the first bound, included
  histogram.observe(50'001);          // the next class
  histogram.observe(11'000'000'000);  // above all
  Page page;
  page.histogram("took_seconds", "Took.", histogram);
  const std::string text = page.text();
  EXPECT_TRUE(has_line(text, R"(took_seconds_bucket{le="5e-05"} 1)")) << text;
  EXPECT_TRUE(has_line(text, R"(took_seconds_bucket{le="10"} 2)")) << text;
  EXPECT_TRUE(has_line(text, R"(took_seconds_bucket{le="+Inf"} 3)")) << text;
  EXPECT_TRUE(has_line(text, "took_seconds_count 3")) << text;
}

TEST(MetricsCounter, LosesNothingBetweenThreads) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10'000; ++n) counter.add();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.value(), 40'000U);
}

}  // namespace
}  // namespace parcelwake::metrics
