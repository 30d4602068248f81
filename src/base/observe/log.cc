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

void append_plain_text(std::string& out, std::string_view text) {
  for (const char c : text) out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
}

std::string value_text(const Field& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return std::string(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&field.value)) return std::to_string(*whole);
  return fmt::format("{:.3f}", std::get<double>(field.value));
}

void append_json_member(std::string& out, const Field& field) {
  out.append("\"").append(field.name).append("\":");
  const bool is_text = std::holds_alternative<std::string_view>(field.value);
  if (is_text) out.push_back('"');
  append_json_text(out, value_text(field));
  if (is_text) out.push_back('"');
}

}  // namespace

void configure(Level least, Format format) {
  g_format = format;
  logger().set_level(spd_level(least));
  logger().set_pattern(format == Format::Json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                              : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
}

bool is_enabled(Level level) { return logger().should_log(spd_level(level)); }

std::string line_of(Format format, std::string_view event, std::string_view detail) {
  if (format == Format::Text) {
    std::string line = fmt::format("{}: ", event);
    append_plain_text(line, detail);
    return line;
  }
  const Field field{.name = "detail", .value = detail};
  return line_of(format, event, std::span(&field, 1));
}

std::string line_of(Format format, std::string_view event, std::span<const Field> fields) {
  std::string line;
  if (format == Format::Json) {
    append_json_member(line, {.name = "event", .value = event});
    for (const Field& field : fields) {
      line.push_back(',');
      append_json_member(line, field);
    }
    return line;
  }
  line.append(event).push_back(':');
  for (const Field& field : fields) {
    line.append(" ").append(field.name).push_back('=');
    append_plain_text(line, value_text(field));
  }
  return line;
}

void write(Level level, std::string_view event, std::string_view detail) {
  logger().log(spd_level(level), "{}", line_of(g_format, event, detail));
}

void write(Level level, std::string_view event, std::span<const Field> fields) {
  if (is_enabled(level)) logger().log(spd_level(level), "{}", line_of(g_format, event, fields));
}

}  // namespace parcelwake::log
