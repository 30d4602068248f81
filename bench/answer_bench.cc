// What an answer is made of: finding the row, reading it, writing it as JSON; with the allocations of each.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <random>

#include "api/common/response_json.h"
#include "api/common/target.h"
#include "api/trackingmore_v2/dialect.h"
#include "base/digest.h"
#include "carriers/catalogue/embedded_catalogue.h"
#include "parcels.h"
#include "store/codec/tracking_codec.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_tracking_reader.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace {

std::atomic<std::int64_t> allocations{0};

}  // namespace

// Not inlined: GCC would see malloc() paired with delete and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace parcelwake::bench {
namespace {

constexpr domain::AccountId kAccount{1};
constexpr std::uint64_t kRows = 20'000;

// Counts the allocations of a benchmark's loop, one of each iteration.
class Allocations {
 public:
  explicit Allocations(benchmark::State& state) : state_(state), before_(allocations) {}
  ~Allocations() {
    state_.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations - before_), benchmark::Counter::kAvgIterations);
  }

 private:
  benchmark::State& state_;
  std::int64_t before_;
};

// A database that goes when the program ends.
class Store {
 public:
  Store()
      : folder_(std::filesystem::temp_directory_path() / ("bench_answer-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directory(folder_);
    store::SqliteOptions options;
    options.path = folder_ / "bench.db";
    if (!store::migrate(options)) std::abort();
    auto store = store::SqliteTrackingStore::open(options);
    if (!store || !fill(**store)) std::abort();
    reader_ = *store::SqliteTrackingReader::open(options);
    options.kept_views = std::make_shared<store::KeptViews>();
    keeping_reader_ = *store::SqliteTrackingReader::open(options);
  }
  ~Store() {
    reader_.reset();
    keeping_reader_.reset();
    std::filesystem::remove_all(folder_);
  }

  ports::TrackingReader& reader() { return *reader_; }
  ports::TrackingReader& keeping_reader() { return *keeping_reader_; }

 private:
  static bool fill(ports::TrackingStore& store) {
    const Parcels parcels(kAccount, 1);
    std::vector<ports::TrackingChange> changes;
    for (std::uint64_t i = 0; i < kRows; ++i) {
      changes.push_back({.before = nullptr,
                         .after = {.tracking = parcels.travelled(i), .deleted = false},
                         .schedule = {},
                         .unscheduled = false});
    }
    return store.begin() && store.save(changes) && store.commit();
  }

  std::filesystem::path folder_;
  std::unique_ptr<ports::TrackingReader> reader_;
  std::unique_ptr<ports::TrackingReader> keeping_reader_;  // its view, as a server's does
};

Store& store_of_all() {
  static Store store;
  return store;
}

const ports::CarrierCatalogue& catalogue() {
  static const auto loaded = carriers::load_embedded_catalogue();
  return *loaded;
}

api::View view() {
  return {.dialect = api::trackingmore_v2(),
          .catalogue = catalogue(),
          .time_zone = UtcOffset{std::chrono::hours{8}},
          .now = from_unix_seconds(1'715'000'000)};
}

void KeyDigest(benchmark::State& state) {
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(sha256("0f8b5f3e-9f1f-4a62-9d7c-2f4b8d9b1f00"));
}
BENCHMARK(KeyDigest);

void ParseTarget(benchmark::State& state) {
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(api::parse_target("/v2/trackings/china-ems/PW12345678901234", ""));
}
BENCHMARK(ParseTarget);

void load_one(benchmark::State& state, ports::TrackingReader& from) {
  const Parcels parcels(kAccount, 1);
  std::vector<ports::TrackingKey> keys;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    keys.push_back(
        {.account = kAccount, .folded_number = parcels.number(i * 17), .carrier = parcels.fresh(i * 17).carrier});
  }
  std::size_t next = 0;
  const Allocations counted(state);
  for (auto _ : state) {
    const auto found = from.load(std::span(&keys[next++ % keys.size()], 1));
    if (!found || !found->front()) state.SkipWithError("not found");
  }
}

void LoadOne(benchmark::State& state) { load_one(state, store_of_all().reader()); }
BENCHMARK(LoadOne);

void LoadOneFromKeptView(benchmark::State& state) { load_one(state, store_of_all().keeping_reader()); }
BENCHMARK(LoadOneFromKeptView);

void ReadBody(benchmark::State& state) {
  const domain::Tracking parcel = Parcels(kAccount, 1).travelled(2);
  std::string body;
  store::append_tracking_body(parcel, body);
  const Allocations counted(state);
  for (auto _ : state) {
    domain::Tracking read;
    benchmark::DoNotOptimize(store::read_tracking_body(body, read));
  }
}
BENCHMARK(ReadBody);

void WriteAnswer(benchmark::State& state) {
  const domain::Tracking parcel = Parcels(kAccount, 1).travelled(2);
  std::string text;
  const Allocations counted(state);
  for (auto _ : state) {
    text.clear();
    wire::json::Writer writer(text);
    api::write_tracking(writer, parcel, view());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(WriteAnswer);

void ListPage(benchmark::State& state) {
  ports::TrackingReader& from = store_of_all().reader();
  const std::int64_t limit = state.range(0);
  ports::ListFilter all;
  all.account = kAccount;
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(from.list(all, 0, limit));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * limit);
}
BENCHMARK(ListPage)->Arg(100)->Arg(2000);

}  // namespace
}  // namespace parcelwake::bench
