// Whose number is it: over every published test number of the embedded formats, right and wrong ones mixed.
#include <benchmark/benchmark.h>
#include <re2/set.h>

#include <random>

#include "carriers/catalogue/embedded_catalogue.h"
#include "carriers/catalogue/number_format_toml.h"
#include "domain/number/normalised_number.h"
#include "domain/number/ranking.h"

namespace parcelwake::carriers {
namespace {

const Catalogue& catalogue() {
  static const auto loaded = Catalogue::parse(embedded_texts());
  return *loaded.value();
}

// The test numbers in an order of chance, so that no branch learns them.
const std::vector<std::string>& numbers() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> found;
    for (const auto& [file, text] : embedded_texts().formats) {
      const auto read = parse_number_formats(text, std::string(file));
      for (const SampleNumber& sample : read.value().samples) found.push_back(sample.number);
    }
    std::shuffle(found.begin(), found.end(), std::mt19937(1));
    return found;
  }();
  return all;
}

void per_number(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * numbers().size()));
}

// The floor: one bare set of the same patterns, over numbers that are normalised already.
void BareRegexSet(benchmark::State& state) {
  re2::RE2::Set set(re2::RE2::Options(re2::RE2::Quiet), re2::RE2::ANCHOR_BOTH);
  for (const domain::NumberFormat& format : catalogue().detector().formats()) {
    for (const domain::NumberShape& shape : format.shapes) set.Add(shape.pattern, nullptr);
  }
  set.Compile();
  std::vector<std::string> normalised;
  for (const std::string& number : numbers()) {
    if (const auto one = domain::NormalisedNumber::from(number)) normalised.emplace_back(one->text());
  }
  std::vector<int> matched;
  for (auto _ : state) {
    for (const std::string& number : normalised) benchmark::DoNotOptimize(set.Match(number, &matched));
  }
  per_number(state);
}
BENCHMARK(BareRegexSet);

void Find(benchmark::State& state) {
  std::vector<domain::Fit> fits;
  for (auto _ : state) {
    for (const std::string& number : numbers()) {
      catalogue().detector().find(number, fits);
      benchmark::DoNotOptimize(fits.data());
    }
  }
  per_number(state);
}
BENCHMARK(Find);

void FindAndRank(benchmark::State& state) {
  std::vector<domain::Fit> fits;
  for (auto _ : state) {
    for (const std::string& number : numbers()) {
      catalogue().detector().find(number, fits);
      domain::rank(fits, {});
      benchmark::DoNotOptimize(fits.data());
    }
  }
  per_number(state);
}
BENCHMARK(FindAndRank);

void Detect(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& number : numbers()) benchmark::DoNotOptimize(catalogue().detect(number, {}));
  }
  per_number(state);
}
BENCHMARK(Detect);

// What starting the executable costs.
void Load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Catalogue::parse(embedded_texts()));
}
BENCHMARK(Load)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parcelwake::carriers
