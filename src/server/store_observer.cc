#include "server/store_observer.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace parcelwake::server {
namespace {

double seconds_since(const std::optional<Timestamp>& then, Timestamp now) {
  return then ? std::chrono::duration<double>(std::max(now - *then, std::chrono::milliseconds{0})).count() : 0;
}

void write_contents(metrics::Page& page, const store::StoreFigures& figures, Timestamp now) {
  for (std::size_t i = 0; i < domain::kStatusCount; ++i) {
    const auto status = static_cast<domain::Status>(i);
    for (const bool archived : {false, true}) {
      double trackings = 0;
      for (const auto& count : figures.counts) {
        if (count.status == status && count.archived == archived) trackings += static_cast<double>(count.trackings);
      }
      page.gauge("parcelwake_store_trackings", "Trackings of all accounts.", trackings,
                 {{"status", std::string(domain::name_of(status))}, {"archived", archived ? "true" : "false"}});
    }
  }
  page.gauge("parcelwake_polling_lag_seconds",
             "How long the tracking that is due longest has waited to be asked about.",
             seconds_since(figures.oldest_due, now));
  page.gauge("parcelwake_webhook_pending", "Changes and deliveries that endpoints are still to be told of.",
             static_cast<double>(figures.untold));
  page.gauge("parcelwake_webhook_lag_seconds", "How long ago the oldest of them happened.",
             seconds_since(figures.oldest_untold, now));
}

}  // namespace

StoreObserver::StoreObserver(std::unique_ptr<store::SqliteSurvey> survey, std::string database_file)
    : survey_(std::move(survey)), file_(std::move(database_file)) {}

void StoreObserver::note_checkpoint(std::chrono::nanoseconds took, std::int64_t log_bytes) {
  checkpoint_times_.observe(static_cast<std::uint64_t>(took.count()));
  log_bytes_.store(log_bytes, std::memory_order_relaxed);
}

void StoreObserver::write(metrics::Page& page, Timestamp now) {
  page.histogram("parcelwake_store_checkpoint_seconds", "Passes that move the log into the database file.",
                 checkpoint_times_);
  page.gauge("parcelwake_store_wal_bytes", "Log in use when the last checkpoint began.",
             static_cast<double>(log_bytes_.load(std::memory_order_relaxed)));
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file_, error);
  if (!error) page.gauge("parcelwake_store_file_bytes", "The database file.", static_cast<double>(bytes));

  const std::scoped_lock lock(mutex_);
  const auto figures = survey_->read();
  page.gauge("parcelwake_store_readable", "Whether the store could be read for these figures.", figures ? 1 : 0);
  if (figures) write_contents(page, *figures, now);
}

}  // namespace parcelwake::server
