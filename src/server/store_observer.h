#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/observe/metrics.h"
#include "base/time.h"
#include "store/sqlite/sqlite_survey.h"

namespace parcelwake::server {

// What the store holds and how its log is kept in order, for metrics.
class StoreObserver {
 public:
  StoreObserver(std::unique_ptr<store::SqliteSurvey> survey, std::string database_file);

  void note_checkpoint(std::chrono::nanoseconds took, std::int64_t log_bytes);  // from any thread

  // A store that cannot be read is told by parcelwake_store_readable = 0, without the rest. From any thread.
  void write(metrics::Page& page, Timestamp now);

 private:
  std::mutex mutex_;
  std::unique_ptr<store::SqliteSurvey> survey_;
  const std::string file_;
  metrics::Histogram checkpoint_times_{metrics::kTimes};
  std::atomic<std::int64_t> log_bytes_{0};
};

}  // namespace parcelwake::server
