#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace parcelwake::wire::csv {

// Appends one row of a comma-separated table (RFC 4180), its line feed included. A cell is quoted where it must be: for
// commas, quotes, line breaks, white space at an end.
void append_row(std::string& out, std::span<const std::string_view> cells);
inline void append_row(std::string& out, std::initializer_list<std::string_view> cells) {
  append_row(out, std::span(cells.begin(), cells.size()));
}

}  // namespace parcelwake::wire::csv
