#include "wire/csv/rows.h"

#include <csv.h>

#include <algorithm>

namespace parcelwake::wire::csv {
namespace {

struct Gathered {
  std::vector<Row> rows;
  Row row;
};

extern "C" void take_cell(void* cell, std::size_t size, void* gathered) {
  auto& into = *static_cast<Gathered*>(gathered);
  into.row.cells.emplace_back(static_cast<const char*>(cell), size);
}

extern "C" void end_row(int, void* gathered) {
  auto& into = *static_cast<Gathered*>(gathered);
  into.rows.push_back(std::move(into.row));
  into.row = {};
}

constexpr int kBetweenRows = 0;  // pstate, in libcsv's words ROW_NOT_BEGUN

struct Parser {
  Parser() { csv_init(&state, CSV_STRICT | CSV_STRICT_FINI); }
  ~Parser() { csv_free(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  csv_parser state;
};

std::string at(std::string_view file, int line, const char* reason) {
  return std::string(file) + ":" + std::to_string(line) + ": " + reason;
}

}  // namespace

Result<std::vector<Row>, std::string> read(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Parser parser;
  Gathered gathered;
  int line = 0;
  // Line by line, so that each row knows where it began.
  while (!text.empty()) {
    ++line;
    if (parser.state.pstate == kBetweenRows) gathered.row.line = line;
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    if (csv_parse(&parser.state, text.data(), size, take_cell, end_row, &gathered) != size) {
      return fail(at(file, line, "a quote stands in the wrong place"));
    }
    text.remove_prefix(size);
  }
  if (csv_fini(&parser.state, take_cell, end_row, &gathered) != 0) {
    return fail(at(file, line, "a quoted cell is not closed"));
  }
  return std::move(gathered.rows);
}

}  // namespace parcelwake::wire::csv
