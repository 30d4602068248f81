#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::csv {

struct Row {
  int line = 0;  // on which it begins, from 1
  std::vector<std::string> cells;
};

// The rows of a comma-separated table (RFC 4180): a cell may be quoted, a quote in a quoted cell is doubled, lines end
// with LF or CRLF; empty lines and a byte order mark are left out. Rows may differ in width.
// Fails with "<file>:<line>: …" where a quote stands in the wrong place or is never closed.
Result<std::vector<Row>, std::string> read(std::string_view text, std::string_view file);

}  // namespace parcelwake::wire::csv
