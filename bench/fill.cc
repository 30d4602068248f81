// bench_fill FILE ACCOUNT ROWS: fills a database through the store room with ROWS made-up trackings of ACCOUNT, none of
// which is due in this century, and prints their carriers and numbers, one a line, on stdout.
#include <charconv>
#include <cstdio>
#include <iostream>
#include <string_view>
#include <vector>

#include "parcels.h"
#include "store/sqlite/sqlite_checkpointer.h"
#include "store/sqlite/sqlite_tracking_store.h"

namespace parcelwake::bench {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kRowsPerTransaction = 5000;
constexpr std::int64_t kYear2100 = 4'102'444'800;

Result<void, ports::StoreError> fill(const Parcels& parcels, std::uint64_t rows, ports::TrackingStore& store,
                                     store::SqliteCheckpointer& checkpointer) {
  const ports::Schedule never{
      .due_at = from_unix_seconds(kYear2100), .failures = 0, .last_asked = std::nullopt, .waiting = false};
  std::vector<ports::TrackingChange> changes;
  for (std::uint64_t next = 0; next < rows;) {
    changes.clear();
    for (; next < rows && changes.size() < kRowsPerTransaction; ++next) {
      auto tracking = parcels.travelled(next);
      std::cout << tracking.carrier.text() << '/' << tracking.number.text() << '\n';
      const bool asked = tracking.asked();
      changes.push_back({.before = nullptr,
                         .after = {.tracking = std::move(tracking), .deleted = false},
                         .schedule = asked ? std::optional(never) : std::nullopt,
                         .unscheduled = false});
    }
    if (const auto begun = store.begin(); !begun) return begun;
    if (const auto saved = store.save(changes); !saved) return saved;
    if (const auto committed = store.commit(); !committed) return committed;
    checkpointer.run_once();
  }
  return {};
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

int run(const char* file, std::string_view account_text, std::string_view rows_text) {
  domain::AccountId account;
  std::uint64_t rows = 0;
  if (!read_number(account_text, account.value) || !read_number(rows_text, rows)) return 2;
  store::SqliteOptions options;
  options.path = file;
  auto store = store::SqliteTrackingStore::open(options);
  auto checkpointer = store::SqliteCheckpointer::open(options);
  if (!store || !checkpointer || !fill(Parcels(account, kSeed), rows, **store, **checkpointer)) {
    std::cerr << "bench_fill: " << file << " cannot be filled\n";
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace parcelwake::bench

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (argc == 4) return parcelwake::bench::run(argv[1], argv[2], argv[3]);
  std::cerr << "usage: bench_fill FILE ACCOUNT ROWS\n";
  return 2;
}
