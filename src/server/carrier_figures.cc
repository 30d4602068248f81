#include "server/carrier_figures.h"

#include <map>
#include <string>

namespace parcelwake::server {
namespace {

void write_asks(metrics::Page& page, const std::string& name, const carriers::AskFigures& figures) {
  constexpr const char* kAsks = "parcelwake_carrier_asks_total";
  constexpr const char* kHelp = "Questions to carriers, by what became of them.";
  const auto value = [](const metrics::Counter& counter) { return static_cast<double>(counter.value()); };
  page.counter(kAsks, kHelp, value(figures.answered), {{"carrier", name}, {"outcome", "answered"}});
  for (const auto error : carriers::kErrors) {
    const metrics::Counter& count = figures.failed[static_cast<std::size_t>(error)];
    if (count.value() == 0) continue;
    page.counter(kAsks, kHelp, value(count), {{"carrier", name}, {"outcome", std::string(carriers::name_of(error))}});
  }
  page.counter("parcelwake_carrier_budget_waits_total", "Times that asking paused for the pace of its budget.",
               value(figures.budget_waits), {{"carrier", name}});
}

}  // namespace

void write_carrier_figures(metrics::Page& page, const carriers::ConnectorGateway& gateway) {
  gateway.each_figures(
      [&](const std::string& name, const carriers::AskFigures& figures) { write_asks(page, name, figures); });
  double in_flight = 0;
  double waiting = 0;
  for (const carriers::LineState& line : gateway.lines()) {
    const metrics::Labels labels = {{"carrier", line.name}};
    page.gauge("parcelwake_carrier_breaker_open", "Whether a carrier is left alone because it fails.",
               line.breaker_open ? 1 : 0, labels);
    in_flight += static_cast<double>(line.in_flight);
    waiting += static_cast<double>(line.waiting);
  }
  page.gauge("parcelwake_carrier_requests_in_flight", "Requests to carriers under way.", in_flight);
  page.gauge("parcelwake_carrier_questions_waiting", "Questions that wait for their turn.", waiting);
  std::map<std::string, double> unmapped;
  for (const auto& entry : gateway.unmapped_codes().list()) unmapped[entry.format] += static_cast<double>(entry.count);
  constexpr const char* kUnmapped = "parcelwake_carrier_unmapped_codes_total";
  constexpr const char* kUnmappedHelp = "Codes of carriers that their declaration does not know.";
  if (unmapped.empty()) page.counter(kUnmapped, kUnmappedHelp, 0, {{"format", "(none)"}});
  for (const auto& [format, count] : unmapped) page.counter(kUnmapped, kUnmappedHelp, count, {{"format", format}});
}

}  // namespace parcelwake::server
