#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/observe/throttle.h"

namespace parcelwake::log {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

// Once, before the first line is written; until then lines go to stderr as text from Info on. Lines go to stderr.
void configure(Level least, Format format);

// One line. `event` names what happened in a few words that never change; `detail` says which and why.
// Never a secret, an API key, a name, an address or a phone number. Thread-safe.
void write(Level level, std::string_view event, std::string_view detail);
bool is_enabled(Level level);

// One line whose parts are told apart: members of their own in JSON, name=value in text. The same rules hold.
struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};
void write(Level level, std::string_view event, std::span<const Field> fields);

template <class... Args>
void info(std::string_view event, fmt::format_string<Args...> detail, Args&&... args) {
  if (is_enabled(Level::Info)) write(Level::Info, event, fmt::format(detail, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view event, fmt::format_string<Args...> detail, Args&&... args) {
  if (is_enabled(Level::Warning)) write(Level::Warning, event, fmt::format(detail, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view event, fmt::format_string<Args...> detail, Args&&... args) {
  if (is_enabled(Level::Error)) write(Level::Error, event, fmt::format(detail, std::forward<Args>(args)...));
}

// For what a fault may repeat at every request: as often as `throttle` allows, with how many lines it kept back.
template <class... Args>
void throttled(Throttle& throttle, Level level, std::string_view event, fmt::format_string<Args...> detail,
               Args&&... args) {
  if (!is_enabled(level)) return;
  const auto kept_back = throttle.admit();
  if (!kept_back) return;
  std::string text = fmt::format(detail, std::forward<Args>(args)...);
  if (*kept_back > 0) text += fmt::format(" (and {} lines like this one since the last)", *kept_back);
  write(level, event, text);
}

// The line that write() makes, without time and level.
std::string line_of(Format format, std::string_view event, std::string_view detail);
std::string line_of(Format format, std::string_view event, std::span<const Field> fields);

}  // namespace parcelwake::log
