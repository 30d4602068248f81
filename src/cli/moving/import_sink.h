#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/moving/import_trackings.h"
#include "base/result.h"
#include "cli/moving/import_counts.h"
#include "ports/clock.h"
#include "ports/tracking_store.h"

namespace parcelwake::cli {

// A row that cannot be taken over.
struct RefusedRow {
  std::string place;  // "line 7", "page 2"
  std::string number;
  std::string carrier;
  std::string reason;
};

// Where the rows of an import go: the store in transactions of bounded size, with a pause after each as long as it
// took, so that a server beside it gets its turn; refused ones into a file of rejects (CSV).
class ImportSink {
 public:
  struct World {
    ports::TrackingStore& store;
    const ports::CarrierCatalogue& catalogue;
    ports::Clock& clock;
    ports::Random& random;
    std::function<void()> written;  // called after each transaction that was kept: the write-ahead log has grown
  };

  // A dry run rolls every transaction back and writes no rejects. `counts` and `rejects_bytes` are where an earlier run
  // stood: what that wrote beyond them is cut off.
  ImportSink(const World& world, std::string rejects_file, bool dry_run)
      : world_(world), rejects_file_(std::move(rejects_file)), dry_run_(dry_run) {}
  Result<void, std::string> resume(const ImportCounts& counts, std::int64_t rejects_bytes);

  // Durable when it returns. The error is a sentence for a person; batches before the failed one are kept.
  Result<void, std::string> take(std::vector<app::ImportCommand> commands, const std::vector<RefusedRow>& refused);

  const ImportCounts& counts() const { return counts_; }
  // How many different rows this run has been given.
  std::size_t distinct_rows() const { return seen_.size(); }
  std::int64_t rejects_bytes() const { return rejects_bytes_; }
  const std::string& rejects_file() const { return rejects_file_; }

 private:
  Result<void, std::string> take_batch(std::span<const app::ImportCommand> commands);
  Result<std::vector<app::ImportOutcome>, ports::StoreError> try_batch(std::span<const app::ImportCommand> commands);
  Result<void, std::string> reject(const std::vector<RefusedRow>& refused);
  void count(const app::ImportCommand& command, app::ImportOutcome outcome);

  World world_;
  std::string rejects_file_;
  bool dry_run_;
  ImportCounts counts_;
  std::int64_t rejects_bytes_ = 0;
  std::unordered_set<std::size_t> seen_;  // digests of what this run has counted: a list tells rows twice as it moves
};

}  // namespace parcelwake::cli
