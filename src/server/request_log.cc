#include "server/request_log.h"

#include <array>
#include <string>

#include "server/request_figures.h"

namespace parcelwake::server {

bool is_error(int status, int meta_code) {
  if (status >= 400) return true;
  switch (meta_code) {
    case 0:
    case 200:
    case 201:
    case 202:
    case 4016:  // already added
    case 4017:  // not added yet
    case 4031:  // nothing to tell
    case 4032:  // no carrier found
      return false;
    default:
      return true;
  }
}

void log_request(const wire::http::Observed& observed, int meta_code, RequestLog which) {
  if (which == RequestLog::Off) return;
  const bool failed = is_error(observed.status, meta_code);
  if (which == RequestLog::Errors && !failed) return;
  const log::Level level = observed.status >= 500 ? log::Level::Warning : log::Level::Info;
  if (!log::is_enabled(level)) return;
  const std::string route = shown_route(observed.label);
  const double duration_ms = std::chrono::duration<double, std::milli>(observed.duration).count();
  const std::array<log::Field, 8> fields = {{{"request_id", observed.request_id},
                                             {"dialect", shown_dialect(observed.label)},
                                             {"method", shown_method(observed.method)},
                                             {"route", std::string_view(route)},
                                             {"status", std::int64_t{observed.status}},
                                             {"code", std::int64_t{meta_code}},
                                             {"duration_ms", duration_ms},
                                             {"account", observed.label.caller}}};
  log::write(level, "request", fields);
}

}  // namespace parcelwake::server
