#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parcelwake::metrics {

// Counts upwards. From any thread, at the cost of one atomic addition.
class Counter {
 public:
  void add(std::uint64_t more = 1) noexcept { value_.fetch_add(more, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// What whole amounts are sorted into: the upper bounds of classes, ascending, each included, and how many make one of
// the unit that is shown (1e9 for nanoseconds shown as seconds). The bounds live for ever.
struct Classes {
  std::span<const std::uint64_t> bounds;  // kMostClasses at most
  double per_unit = 1;
};

inline constexpr std::size_t kMostClasses = 24;

// Times of 50 microseconds to 10 seconds, in nanoseconds; and counts of 1 to 4096.
extern const Classes kTimes;
extern const Classes kSizes;

// How amounts are distributed. From any thread, at the cost of two atomic additions; a reader may see an amount's class
// before its sum.
class Histogram {
 public:
  explicit Histogram(Classes classes) noexcept : classes_(classes) {}

  void observe(std::uint64_t amount) noexcept;

  void add(const Histogram& other) noexcept;  // one of the same classes
  std::uint64_t count() const noexcept;

  const Classes& classes() const noexcept { return classes_; }
  std::uint64_t in_class(std::size_t place) const noexcept { return counts_[place].value(); }  // the last: above all
  std::uint64_t sum() const noexcept { return sum_.value(); }

 private:
  Classes classes_;
  std::array<Counter, kMostClasses + 1> counts_;
  Counter sum_;
};

using Labels = std::vector<std::pair<std::string, std::string>>;

// What one scrape is told: series of samples under names, in the text format of Prometheus. Used by one thread.
class Page {
 public:
  Page();
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  // A name is of one kind; its help is the one first given. Two samples of a name need different labels.
  void counter(std::string_view name, std::string_view help, double value, const Labels& labels = {});
  void gauge(std::string_view name, std::string_view help, double value, const Labels& labels = {});
  void histogram(std::string_view name, std::string_view help, const Histogram& histogram, const Labels& labels = {});

  std::string text() const;  // families in the order of their names
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace parcelwake::metrics
