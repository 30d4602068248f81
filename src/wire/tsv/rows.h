#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parcelwake::wire::tsv {

struct Row {
  int line = 0;  // from 1
  std::vector<std::string_view> cells;
};

// The rows of a tab-separated table: one a line, each of exactly `columns` cells; empty lines and lines that begin with
// '#' are left out. Cells are views into `text`, as they stand: nothing is quoted or escaped.
// Fails with "<file>:<line>: …" for the first row of another width.
Result<std::vector<Row>, std::string> read(std::string_view text, std::size_t columns, std::string_view file);

}  // namespace parcelwake::wire::tsv
