#include "server/request_figures.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace parcelwake::server {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"};
constexpr std::string_view kOther = "other";
constexpr std::size_t kMostCodes = 32;
constexpr std::uint64_t kOtherCodes = UINT64_MAX;

// Never 0, which is an empty place.
std::uint64_t code_key(int status, int meta_code) {
  return (std::uint64_t{1} << 63) | (static_cast<std::uint64_t>(static_cast<std::uint16_t>(status)) << 32) |
         static_cast<std::uint32_t>(meta_code);
}

// The counter of each pair of status and code, in the order in which they were first seen.
class Codes {
 public:
  metrics::Counter& of(std::uint64_t key) {
    for (Place& place : places_) {
      std::uint64_t there = place.key.load(std::memory_order_relaxed);
      if (there == 0 && place.key.compare_exchange_strong(there, key, std::memory_order_relaxed)) return place.count;
      if (there == key) return place.count;
    }
    return others_;
  }

  template <class Visit>
  void each(Visit visit) const {
    for (const Place& place : places_) {
      if (const auto key = place.key.load(std::memory_order_relaxed); key != 0) visit(key, place.count.value());
    }
    if (others_.value() > 0) visit(kOtherCodes, others_.value());
  }

 private:
  struct Place {
    std::atomic<std::uint64_t> key{0};
    metrics::Counter count;
  };

  std::array<Place, kMostCodes> places_;
  metrics::Counter others_;
};

}  // namespace

// Texts are compared by where they lie: they are constants of the program. Equal ones that lie apart are shown as one.
struct RequestFigures::Kind {
  std::string_view dialect;
  std::string_view route;
  std::string_view subroute;
  std::string_view method;

  bool is(const Kind& other) const {
    return route.data() == other.route.data() && subroute.data() == other.subroute.data() &&
           dialect.data() == other.dialect.data() && method.data() == other.method.data();
  }
  std::size_t hash() const {
    std::uint64_t bits = 0;
    for (const char* place : {dialect.data(), route.data(), subroute.data(), method.data()}) {
      bits = (bits ^ reinterpret_cast<std::uintptr_t>(place)) * 0x9e3779b97f4a7c15ULL;
      bits ^= bits >> 29;
    }
    return bits;
  }
};

struct RequestFigures::Series {
  explicit Series(const Kind& of_kind) : kind(of_kind) {}

  const Kind kind;
  Codes codes;
  metrics::Histogram times{metrics::kTimes};
};

RequestFigures::RequestFigures() : others_(std::make_unique<Series>(Kind{kOther, kOther, {}, kOther})) {}

RequestFigures::~RequestFigures() {
  for (auto& place : series_) delete place.load();
}

RequestFigures::Series& RequestFigures::series_of(const Kind& kind) {
  std::unique_ptr<Series> made;
  for (std::size_t i = 0, hash = kind.hash(); i < kMostProbes; ++i) {
    std::atomic<Series*>& place = series_[(hash + i) % kMostKinds];
    Series* there = place.load(std::memory_order_acquire);
    if (there == nullptr) {
      if (!made) made = std::make_unique<Series>(kind);
      if (place.compare_exchange_strong(there, made.get(), std::memory_order_acq_rel)) return *made.release();
    }
    if (there->kind.is(kind)) return *there;
  }
  return *others_;
}

void RequestFigures::note(const wire::http::Observed& observed, int meta_code) {
  const wire::http::Label& label = observed.label;
  Series& series = series_of({label.group, label.route, label.subroute, shown_method(observed.method)});
  series.codes.of(code_key(observed.status, meta_code)).add();
  series.times.observe(static_cast<std::uint64_t>(std::max<std::int64_t>(observed.duration.count(), 0)));
}

void RequestFigures::write(metrics::Page& page) const {
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, double> counts;
  std::map<std::tuple<std::string, std::string, std::string>, metrics::Histogram> times;
  const auto take = [&](const Series& series) {
    const wire::http::Label label{
        .group = series.kind.dialect, .route = series.kind.route, .subroute = series.kind.subroute};
    const std::string dialect(shown_dialect(label));
    const std::string route = shown_route(label);
    const std::string method(series.kind.method);
    series.codes.each([&](std::uint64_t key, std::uint64_t count) {
      const bool is_other = key == kOtherCodes;
      const std::string status = is_other ? std::string(kOther) : std::to_string((key >> 32) & 0xffff);
      const std::string code = is_other ? std::string(kOther) : std::to_string(static_cast<std::int32_t>(key));
      counts[{dialect, route, method, status, code}] += static_cast<double>(count);
    });
    times.try_emplace({dialect, route, method}, metrics::kTimes).first->second.add(series.times);
  };
  for (const auto& place : series_) {
    if (const Series* series = place.load(std::memory_order_acquire)) take(*series);
  }
  take(*others_);
  for (const auto& [key, count] : counts) {
    const auto& [dialect, route, method, status, code] = key;
    page.counter("parcelwake_http_requests_total", "Requests answered.", count,
                 {{"dialect", dialect}, {"route", route}, {"method", method}, {"status", status}, {"code", code}});
  }
  for (const auto& [key, histogram] : times) {
    const auto& [dialect, route, method] = key;
    if (dialect == kOther && histogram.count() == 0) continue;
    page.histogram("parcelwake_http_request_seconds", "From a request that has come whole to its answer.", histogram,
                   {{"dialect", dialect}, {"route", route}, {"method", method}});
  }
}

std::string_view shown_method(std::string_view method) {
  const auto known = std::find(kMethods.begin(), kMethods.end(), method);
  return known == kMethods.end() ? kOther : *known;
}

std::string shown_route(const wire::http::Label& label) {
  if (label.route.empty()) return "(none)";
  std::string route(label.route);
  if (!label.subroute.empty()) route.append("/").append(label.subroute);
  return route;
}

std::string_view shown_dialect(const wire::http::Label& label) {
  return label.group.empty() ? std::string_view("(none)") : label.group;
}

}  // namespace parcelwake::server
