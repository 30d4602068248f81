#pragma once

#include <optional>
#include <string>

namespace parcelwake::cli {

// Whether a person can be asked: standard input is a terminal.
bool can_ask_person();

// Asks on stderr for a line that does not show while it is typed. Nothing: end of input, or Ctrl-C.
std::optional<std::string> ask_hidden(const std::string& prompt);

}  // namespace parcelwake::cli
