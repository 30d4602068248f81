#include "base/observe/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>

namespace parcelwake::log {
namespace {

std::atomic<Format> g_format{Format::Text};

spdlog::level::level_enum spd_level(Level level) {
  switch (level) {
    case Level::Debug:
      return spdlog::level::debug;
    case Level::Info:
      return spdlog::level::info;
    case Level::Warning:
      return spdlog::level::warn;
    case Level::Error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("parcelwake", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    return made;
  }();
  return *instance;
}

void append_json_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

void configure(Level least, Format format) {
  g_format = format;
  logger().set_level(spd_level(least));
  logger().set_pattern(format == Format::Json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                              : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
}

bool is_enabled(Level level) { return logger().should_log(spd_level(level)); }

void write(Level level, std::string_view event, std::string_view detail) {
  std::string line;
  if (g_format == Format::Json) {
    line = R"("event":")";
    append_json_text(line, event);
    line += R"(","detail":")";
    append_json_text(line, detail);
    line += '"';
  } else {
    line.append(event).append(": ");
    for (const char c : detail) line.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  }
  logger().log(spd_level(level), "{}", line);
}

}  // namespace parcelwake::log
