#include "wire/csv/row_reader.h"

#include <csv.h>

#include <algorithm>
#include <string>

namespace parcelwake::wire::csv {

struct RowReader::State {
  csv_parser parser{};
  std::vector<Row>* rows = nullptr;
  Row row;
  int line = 1;  // of the next byte
  std::size_t open_bytes = 0;
  bool first_bytes = true;
};

namespace {

template <class State>
void take_cell(void* cell, std::size_t size, void* state) {
  static_cast<State*>(state)->row.cells.emplace_back(static_cast<const char*>(cell), size);
}

template <class State>
void end_row(int, void* state) {
  auto& reader = *static_cast<State*>(state);
  reader.rows->push_back(std::move(reader.row));
  reader.row = {};
  reader.open_bytes = 0;
}

constexpr int kBetweenRows = 0;  // pstate, in libcsv's words ROW_NOT_BEGUN
constexpr int kInCell = 2;       // FIELD_BEGUN

}  // namespace

RowReader::RowReader(char separator) : state_(std::make_unique<State>()) {
  csv_init(&state_->parser, 0);
  csv_set_delim(&state_->parser, static_cast<unsigned char>(separator));
}

RowReader::~RowReader() { csv_free(&state_->parser); }

void RowReader::feed(std::string_view bytes, std::vector<Row>& rows) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (state_->first_bytes && bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (!bytes.empty()) state_->first_bytes = false;
  state_->rows = &rows;
  while (!bytes.empty()) {
    if (state_->parser.pstate == kBetweenRows) state_->row.line = state_->line;
    const std::size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    state_->open_bytes += size;
    csv_parse(&state_->parser, bytes.data(), size, take_cell<State>, end_row<State>, state_.get());
    if (bytes[size - 1] == '\n') ++state_->line;
    if (state_->parser.pstate == kBetweenRows) state_->open_bytes = 0;
    bytes.remove_prefix(size);
  }
}

bool RowReader::finish(std::vector<Row>& rows) {
  // csv_fini() would tell it of strictly read tables alone.
  if (state_->parser.quoted != 0 && state_->parser.pstate == kInCell) return false;
  state_->rows = &rows;
  return csv_fini(&state_->parser, take_cell<State>, end_row<State>, state_.get()) == 0;
}

int RowReader::open_line() const { return state_->row.line; }

std::size_t RowReader::open_bytes() const { return state_->open_bytes; }

char separator_of(std::string_view first_line) {
  char best = ',';
  for (const char candidate : {';', '\t'}) {
    const auto count = [&](char c) { return std::count(first_line.begin(), first_line.end(), c); };
    if (count(candidate) > count(best)) best = candidate;
  }
  return best;
}

}  // namespace parcelwake::wire::csv
