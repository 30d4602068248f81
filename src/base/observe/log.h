#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace parcelwake::log {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

// Once, before the first line is written; until then lines go to stderr as text from Info on. Lines go to stderr.
void configure(Level least, Format format);

// One line. `event` names what happened in a few words that never change; `detail` says which and why.
// Never a secret, an API key, a name, an address or a phone number. Thread-safe.
void write(Level level, std::string_view event, std::string_view detail);
bool is_enabled(Level level);

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

}  // namespace parcelwake::log
