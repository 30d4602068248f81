#include "cli/moving/import_sink.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "wire/csv/row_writer.h"

namespace parcelwake::cli {
namespace {

constexpr std::size_t kRowsPerTransaction = 500;
constexpr int kBusyTries = 30;  // each waits for as long as the store's own patience

std::string in_words(ports::StoreError error) {
  switch (error) {
    case ports::StoreError::Busy:
      return "the database was busy for too long; start the import again to go on";
    case ports::StoreError::Full:
      return "there is no room left on the disk; make some and start the import again";
    case ports::StoreError::Broken:
      return "the database cannot be written; 'parcelwake doctor' tells more";
  }
  return "";
}

}  // namespace

Result<void, std::string> ImportSink::resume(const ImportCounts& counts, std::int64_t rejects_bytes) {
  counts_ = counts;
  rejects_bytes_ = rejects_bytes;
  if (dry_run_) return {};
  std::error_code error;
  const auto size = std::filesystem::file_size(rejects_file_, error);
  if (error) {
    rejects_bytes_ = 0;
    return {};
  }
  if (static_cast<std::int64_t>(size) > rejects_bytes) {
    std::filesystem::resize_file(rejects_file_, static_cast<std::uintmax_t>(rejects_bytes), error);
    if (error) return fail("cannot write " + rejects_file_ + ": " + error.message());
  }
  return {};
}

Result<void, std::string> ImportSink::take(std::vector<app::ImportCommand> commands,
                                           const std::vector<RefusedRow>& refused) {
  for (std::size_t at = 0; at < commands.size(); at += kRowsPerTransaction) {
    const auto size = std::min(kRowsPerTransaction, commands.size() - at);
    if (const auto taken = take_batch(std::span(commands).subspan(at, size)); !taken) return taken;
  }
  return reject(refused);
}

Result<void, std::string> ImportSink::take_batch(std::span<const app::ImportCommand> commands) {
  for (int tries = 1;; ++tries) {
    const auto begun = std::chrono::steady_clock::now();
    const auto outcomes = try_batch(commands);
    if (outcomes) {
      for (std::size_t i = 0; i < commands.size(); ++i) count(commands[i], (*outcomes)[i]);
      if (dry_run_) return {};
      world_.written();
      std::this_thread::sleep_for(std::chrono::steady_clock::now() - begun);
      return {};
    }
    if (outcomes.error() != ports::StoreError::Busy || tries == kBusyTries) return fail(in_words(outcomes.error()));
  }
}

Result<std::vector<app::ImportOutcome>, ports::StoreError> ImportSink::try_batch(
    std::span<const app::ImportCommand> commands) {
  if (const auto begun = world_.store.begin(); !begun) return fail(begun.error());
  auto outcomes = app::import_trackings(commands, world_.store, world_.catalogue, world_.random, world_.clock.now());
  if (!outcomes || dry_run_) {
    world_.store.rollback();
    return outcomes;
  }
  if (const auto kept = world_.store.commit(); !kept) {
    world_.store.rollback();
    return fail(kept.error());
  }
  return outcomes;
}

void ImportSink::count(const app::ImportCommand& command, app::ImportOutcome outcome) {
  const auto digest =
      std::hash<std::string>{}(command.tracking.number.folded() + '\n' + command.tracking.carrier.text());
  if (!seen_.insert(digest).second) return;
  switch (outcome) {
    case app::ImportOutcome::Added:
      ++counts_.added;
      break;
    case app::ImportOutcome::ImportedBefore:
      ++counts_.imported_before;
      break;
    case app::ImportOutcome::AlreadyThere:
      ++counts_.already_there;
      break;
    case app::ImportOutcome::Deleted:
      ++counts_.deleted;
      break;
  }
}

Result<void, std::string> ImportSink::reject(const std::vector<RefusedRow>& refused) {
  std::string lines;
  if (rejects_bytes_ == 0 && !refused.empty()) {
    wire::csv::append_row(lines, {"place", "tracking_number", "carrier_code", "reason"});
  }
  for (const RefusedRow& row : refused) {
    const auto digest = std::hash<std::string>{}(row.number + '\n' + row.carrier + '\n' + row.reason);
    if (!row.number.empty() && !seen_.insert(digest).second) continue;
    ++counts_.refused;
    wire::csv::append_row(lines, {row.place, row.number, row.carrier, row.reason});
  }
  if (dry_run_ || lines.empty()) return {};
  std::ofstream file(rejects_file_, std::ios::binary | std::ios::app);
  file << lines << std::flush;
  if (!file) return fail("cannot write " + rejects_file_);
  rejects_bytes_ += static_cast<std::int64_t>(lines.size());
  return {};
}

}  // namespace parcelwake::cli
