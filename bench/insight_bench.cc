// What the side services cost beside finding one tracking: how long a route takes, over a million delivered trackings,
// and whether a place is remote, over the built-in lists. PARCELWAKE_BENCH_ROWS makes it fewer trackings.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include "carriers/remote_areas/built_in_remote_areas.h"
#include "domain/remote_area/place.h"
#include "parcels.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_remote_area_store.h"
#include "store/sqlite/sqlite_tracking_reader.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::bench {
namespace {

constexpr domain::AccountId kAccount{1};
constexpr std::uint64_t kRowsPerTransaction = 5000;

std::uint64_t rows() {
  const char* wanted = std::getenv("PARCELWAKE_BENCH_ROWS");
  return wanted == nullptr ? 1'000'000 : std::strtoull(wanted, nullptr, 10);
}

// Each of them delivered, after one to 70 days.
domain::Tracking delivered(const Parcels& parcels, std::uint64_t i) {
  domain::Tracking tracking = parcels.travelled(i * 2);
  auto checkpoints = tracking.origin.timeline.release();
  checkpoints.back().time.wall =
      checkpoints.front().time.wall + std::chrono::hours{24 * (i * 2654435761U % 70) + 1 + i % 24};
  tracking.origin.timeline = domain::Timeline::restored(std::move(checkpoints));
  return tracking;
}

using BruteForce = std::map<domain::Route, domain::TransitTimes>;

void count(BruteForce& brute_force, const domain::Tracking& tracking) {
  const auto& checkpoints = tracking.origin.timeline.checkpoints();
  domain::TransitTimes& times = brute_force[{tracking.carrier, "CN", "DE"}];
  if (times.by_days.empty()) times.by_days.resize(domain::kMostTransitDays);
  const auto span = checkpoints.back().time.wall - checkpoints.front().time.wall;
  ++times.total;
  ++times.delivered;
  ++times.by_days[static_cast<std::size_t>(std::chrono::ceil<std::chrono::days>(span).count())].delivered;
}

// A database that goes when the program ends. Filling it holds the statistics against counting by hand.
class Store {
 public:
  Store()
      : folder_(std::filesystem::temp_directory_path() / ("bench_insight-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directory(folder_);
    options_.path = folder_ / "bench.db";
    if (!store::migrate(options_) || !fill() || !import()) std::abort();
    trackings = *store::SqliteTrackingReader::open(options_);
    areas = *store::SqliteRemoteAreaReader::open(options_);
    if (!equals_brute_force()) {
      std::fprintf(stderr, "the transit times are not those of the trackings\n");
      std::abort();
    }
  }
  ~Store() {
    trackings.reset();
    areas.reset();
    std::filesystem::remove_all(folder_);
  }

  std::vector<domain::Route> routes;
  std::unique_ptr<ports::TrackingReader> trackings;
  std::unique_ptr<ports::RemoteAreaReader> areas;

 private:
  bool fill() {
    auto store = store::SqliteTrackingStore::open(options_);
    auto checkpointer = store::SqliteCheckpointer::open(options_);
    if (!store || !checkpointer) return false;
    const Parcels parcels(kAccount, 1);
    std::vector<ports::TrackingChange> changes;
    for (std::uint64_t next = 0; next < rows();) {
      changes.clear();
      for (; next < rows() && changes.size() < kRowsPerTransaction; ++next) {
        changes.push_back({.before = nullptr,
                           .after = {.tracking = delivered(parcels, next), .deleted = false},
                           .schedule = {},
                           .unscheduled = false});
        count(brute_force_, changes.back().after.tracking);
      }
      if (!(*store)->begin() || !(*store)->save(changes) || !(*store)->commit()) return false;
      (*checkpointer)->run_once();
    }
    return true;
  }
  bool import() {
    auto store = store::SqliteRemoteAreaStore::open(options_);
    if (!store) return false;
    std::vector<domain::RemoteAreaList> lists;
    for (const auto& built_in : carriers::built_in_remote_areas()) lists.push_back(built_in.read());
    return (*store)->replace(lists, [](std::size_t) {}).ok();
  }
  bool equals_brute_force() {
    for (const auto& [route, by_hand] : brute_force_) {
      routes.push_back(route);
      domain::TransitTimes wanted{.total = by_hand.total, .delivered = by_hand.delivered, .by_days = {}};
      for (std::size_t days = 0; days < by_hand.by_days.size(); ++days) {
        const std::int64_t number = by_hand.by_days[days].delivered;
        if (number != 0) wanted.by_days.push_back({.days = static_cast<int>(days), .delivered = number});
      }
      const auto told = trackings->transit_times(kAccount, std::span(&route, 1));
      if (!told || told->front() != wanted) return false;
    }
    return true;
  }

  std::filesystem::path folder_;
  store::SqliteOptions options_;
  BruteForce brute_force_;
};

Store& store() {
  static Store filled;
  return filled;
}

void LoadOne(benchmark::State& state) {
  Store& from = store();
  const Parcels parcels(kAccount, 1);
  std::vector<ports::TrackingKey> keys;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t which = i * 7919 % rows() * 2;
    keys.push_back(
        {.account = kAccount, .folded_number = parcels.number(which), .carrier = parcels.fresh(which).carrier});
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const auto found = from.trackings->load(std::span(&keys[next++ % keys.size()], 1));
    if (!found || !found->front()) state.SkipWithError("not found");
  }
}
BENCHMARK(LoadOne);

void TransitTimesOfARoute(benchmark::State& state) {
  Store& from = store();
  std::size_t next = 0;
  for (auto _ : state) {
    const auto told = from.trackings->transit_times(kAccount, std::span(&from.routes[next++ % from.routes.size()], 1));
    if (!told || told->front().total == 0) state.SkipWithError("not found");
  }
}
BENCHMARK(TransitTimesOfARoute);

void RemotePlace(benchmark::State& state, std::string_view country, std::string_view place) {
  Store& from = store();
  for (auto _ : state) {
    const ports::PlaceKeys keys{.country = std::string(country),
                                .postcode = domain::postcode_key(country, place),
                                .city = domain::city_key(place)};
    const auto found = from.areas->remote_carriers(std::span(&keys, 1));
    if (!found || found->front().empty()) state.SkipWithError("not found");
  }
}
BENCHMARK_CAPTURE(RemotePlace, of_one_list, "JP", "761-4489");
BENCHMARK_CAPTURE(RemotePlace, of_two_lists, "CA", "A0A 1E0");
BENCHMARK_CAPTURE(RemotePlace, city, "NZ", "Papaaroha");

}  // namespace
}  // namespace parcelwake::bench
