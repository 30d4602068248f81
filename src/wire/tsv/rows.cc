#include "wire/tsv/rows.h"

#include <algorithm>

namespace parcelwake::wire::tsv {

namespace {

// Takes what stands before the first `end`, or all, off the front of `rest`.
std::string_view taken(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view first = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return first;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  cells.reserve(static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1);
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

}  // namespace

Result<std::vector<Row>, std::string> read(std::string_view text, std::size_t columns, std::string_view file) {
  std::vector<Row> rows;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = taken(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    Row row{number, cells_of(line)};
    if (row.cells.size() != columns) {
      return fail(std::string(file) + ":" + std::to_string(number) + ": " + std::to_string(row.cells.size()) +
                  " cells, not " + std::to_string(columns));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace parcelwake::wire::tsv
