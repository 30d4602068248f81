#include "server/observation.h"

#include "api/common/meta.h"
#include "server/carrier_figures.h"
#include "server/process_figures.h"

namespace parcelwake::server {
namespace {

void write_lane_figures(metrics::Page& page, const WriteLane& lane) {
  const WriteLaneFigures& figures = lane.figures();
  page.gauge("parcelwake_write_queue_requests", "Requests that wait to be written.",
             static_cast<double>(lane.queued()));
  page.counter("parcelwake_write_refused_total", "Requests that found the write queue full.",
               static_cast<double>(figures.refused.value()));
  page.histogram("parcelwake_write_pass_requests", "Requests in one transaction.", figures.pass_sizes);
  page.histogram("parcelwake_write_pass_seconds", "Transactions, from their first command to the end of the commit.",
                 figures.pass_times);
}

void write_webhook_figures(metrics::Page& page, const Notifier& notifier) {
  const NotifierFigures& figures = notifier.figures();
  constexpr const char* kAttempts = "parcelwake_webhook_attempts_total";
  constexpr const char* kHelp = "Attempts to tell endpoints, by what became of them.";
  const auto value = [](const metrics::Counter& counter) { return static_cast<double>(counter.value()); };
  page.counter(kAttempts, kHelp, value(figures.delivered), {{"outcome", "delivered"}});
  page.counter(kAttempts, kHelp, value(figures.failed), {{"outcome", "failed"}});
  page.counter("parcelwake_webhook_dropped_total", "Deliveries that were given up.", value(figures.dropped));
  page.counter("parcelwake_webhook_disabled_total", "Endpoints that were disabled for failing.",
               value(figures.disabled));
  page.gauge("parcelwake_webhook_in_flight", "Deliveries under way.", static_cast<double>(notifier.in_flight()));
}

void write_key_figures(metrics::Page& page, const app::KeyDirectory& keys) {
  const auto counts = keys.counts();
  constexpr const char* kHelp = "API keys that the server knows.";
  page.gauge("parcelwake_keys", kHelp, static_cast<double>(counts.usable), {{"state", "usable"}});
  page.gauge("parcelwake_keys", kHelp, static_cast<double>(counts.revoked), {{"state", "revoked"}});
}

}  // namespace

void Observation::note(const wire::http::Observed& observed) {
  const int meta_code = api::meta_code_of(observed.body);
  requests_.note(observed, meta_code);
  log_request(observed, meta_code, request_log_);
}

std::string Observation::page(const Sources& sources) const {
  metrics::Page page;
  page.gauge("parcelwake_build_info", "1, with the version that runs.", 1, {{"version", PARCELWAKE_VERSION}});
  requests_.write(page);
  write_lane_figures(page, sources.lane);
  sources.store.write(page, sources.clock.now());
  write_carrier_figures(page, sources.gateway);
  page.gauge("parcelwake_polling_in_flight", "Trackings that carriers are being asked about.",
             static_cast<double>(sources.poller.in_flight()));
  write_webhook_figures(page, sources.notifier);
  write_key_figures(page, sources.keys);
  write_process_figures(page);
  return page.text();
}

}  // namespace parcelwake::server
