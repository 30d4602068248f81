#include "base/observe/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <map>
#include <sstream>

namespace parcelwake::metrics {
namespace {

constexpr std::uint64_t kMicrosecond = 1'000;
constexpr std::uint64_t kMillisecond = 1'000'000;
constexpr std::uint64_t kSecond = 1'000'000'000;

constexpr std::array<std::uint64_t, 17> kTimeBounds = {
    50 * kMicrosecond,   100 * kMicrosecond, 250 * kMicrosecond, 500 * kMicrosecond, 1 * kMillisecond,
    2500 * kMicrosecond, 5 * kMillisecond,   10 * kMillisecond,  25 * kMillisecond,  50 * kMillisecond,
    100 * kMillisecond,  250 * kMillisecond, 500 * kMillisecond, 1 * kSecond,        2500 * kMillisecond,
    5 * kSecond,         10 * kSecond,
};
constexpr std::array<std::uint64_t, 11> kSizeBounds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 4096};

prometheus::ClientMetric labelled(const Labels& labels) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : labels) metric.label.push_back({name, value});
  return metric;
}

}  // namespace

const Classes kTimes{.bounds = kTimeBounds, .per_unit = 1e9};
const Classes kSizes{.bounds = kSizeBounds, .per_unit = 1};

void Histogram::observe(std::uint64_t amount) noexcept {
  std::size_t place = 0;
  while (place < classes_.bounds.size() && amount > classes_.bounds[place]) ++place;
  counts_[place].add();
  sum_.add(amount);
}

void Histogram::add(const Histogram& other) noexcept {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].add(other.counts_[i].value());
  sum_.add(other.sum());
}

std::uint64_t Histogram::count() const noexcept {
  std::uint64_t count = 0;
  for (const Counter& one : counts_) count += one.value();
  return count;
}

struct Page::Families {
  prometheus::MetricFamily& of(std::string_view name, std::string_view help, prometheus::MetricType type) {
    const auto [found, is_new] = by_name.try_emplace(std::string(name));
    if (is_new) found->second = {std::string(name), std::string(help), type, {}};
    return found->second;
  }

  std::map<std::string, prometheus::MetricFamily, std::less<>> by_name;
};

Page::Page() : families_(std::make_unique<Families>()) {}
Page::~Page() = default;

void Page::counter(std::string_view name, std::string_view help, double value, const Labels& labels) {
  auto metric = labelled(labels);
  metric.counter.value = value;
  families_->of(name, help, prometheus::MetricType::Counter).metric.push_back(std::move(metric));
}

void Page::gauge(std::string_view name, std::string_view help, double value, const Labels& labels) {
  auto metric = labelled(labels);
  metric.gauge.value = value;
  families_->of(name, help, prometheus::MetricType::Gauge).metric.push_back(std::move(metric));
}

void Page::histogram(std::string_view name, std::string_view help, const Histogram& histogram, const Labels& labels) {
  auto metric = labelled(labels);
  const Classes& classes = histogram.classes();
  std::uint64_t counted = 0;
  for (std::size_t i = 0; i <= classes.bounds.size(); ++i) {
    counted += histogram.in_class(i);
    const double bound = i < classes.bounds.size() ? static_cast<double>(classes.bounds[i]) / classes.per_unit
                                                   : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({counted, bound});
  }
  metric.histogram.sample_count = counted;
  metric.histogram.sample_sum = static_cast<double>(histogram.sum()) / classes.per_unit;
  families_->of(name, help, prometheus::MetricType::Histogram).metric.push_back(std::move(metric));
}

std::string Page::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const auto& [name, family] : families_->by_name) families.push_back(family);
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families);
  return std::move(out).str();
}

}  // namespace parcelwake::metrics
