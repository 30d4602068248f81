#include "wire/csv/row_writer.h"

namespace parcelwake::wire::csv {
namespace {

bool needs_quotes(std::string_view cell) {
  if (cell.empty()) return false;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return is_blank(cell.front()) || is_blank(cell.back()) || cell.find_first_of(",\"\r\n") != std::string_view::npos;
}

void append_cell(std::string& out, std::string_view cell) {
  if (!needs_quotes(cell)) {
    out += cell;
    return;
  }
  out.push_back('"');
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace

void append_row(std::string& out, std::span<const std::string_view> cells) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) out.push_back(',');
    first = false;
    append_cell(out, cell);
  }
  // A row of one empty cell would read as an empty line, which is no row.
  if (cells.size() == 1 && cells.front().empty()) out += "\"\"";
  out.push_back('\n');
}

}  // namespace parcelwake::wire::csv
