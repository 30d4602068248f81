#include "cli/moving/file_import.h"

#include <algorithm>
#include <utility>

namespace parcelwake::cli {
namespace {

constexpr std::size_t kPiece = 1U << 20;
constexpr std::size_t kLongestRow = 64U << 20;
constexpr std::size_t kRowsAtOnce = 500;

std::string next_piece(std::istream& in) {
  std::string piece(kPiece, '\0');
  in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
  piece.resize(static_cast<std::size_t>(in.gcount()));
  return piece;
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

}  // namespace

Result<void, std::string> FileImport::run(std::istream& in) {
  std::string piece = next_piece(in);
  const std::string_view text = without_mark(piece);
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return fail(std::string("the file is empty"));
  const auto done = text[first] == '{' ? run_lines(in, std::string(text)) : run_table(in, std::string(text));
  if (!done) return done;
  progress_.complete = true;
  return write_out();
}

Result<void, std::string> FileImport::run_table(std::istream& in, std::string piece) {
  wire::csv::RowReader reader(wire::csv::separator_of(std::string_view(piece).substr(0, piece.find('\n'))));
  std::vector<wire::csv::Row> rows;
  for (; !piece.empty(); piece = next_piece(in)) {
    reader.feed(piece, rows);
    if (const auto taken = take_rows(rows); !taken) return taken;
    if (reader.open_bytes() > kLongestRow) break;
  }
  if (!reader.finish(rows)) {
    if (const auto taken = take_rows(rows); !taken) return taken;
    api::FileRow open;
    open.line = reader.open_line();
    open.fault = "a quoted cell that begins in this row is not closed; nothing after it could be read";
    if (table_) {
      if (const auto taken = take(table_->finish()); !taken) return taken;
    }
    return take(std::move(open));
  }
  if (const auto taken = take_rows(rows); !taken) return taken;
  if (!table_) return fail(std::string("the file is empty"));
  return take(table_->finish());
}

Result<void, std::string> FileImport::take_rows(std::vector<wire::csv::Row>& rows) {
  for (const wire::csv::Row& row : rows) {
    if (!table_) {
      auto opened = api::TableReader::open(row.cells, setting_.names);
      if (!opened) return fail("line " + std::to_string(row.line) + ": " + opened.error());
      table_ = *std::move(opened);
      continue;
    }
    if (const auto taken = take(table_->take(row.line, row.cells, read_context(), setting_.clock.now())); !taken) {
      return taken;
    }
  }
  rows.clear();
  return {};
}

Result<void, std::string> FileImport::run_lines(std::istream& in, std::string piece) {
  if (!setting_.names.empty()) return fail(std::string("--map is for tables; this file is JSON Lines"));
  int line = 0;
  std::string text;
  const auto take_line = [&]() -> Result<void, std::string> {
    ++line;
    const std::string whole = std::exchange(text, {});
    if (whole.find_first_not_of(" \t\r") == std::string::npos) return {};
    return take(api::read_json_line(line, whole, read_context(), setting_.clock.now()));
  };
  for (; !piece.empty(); piece = next_piece(in)) {
    std::string_view left = piece;
    for (auto end = left.find('\n'); end != std::string_view::npos; end = left.find('\n')) {
      text += left.substr(0, end);
      left.remove_prefix(end + 1);
      if (const auto taken = take_line(); !taken) return taken;
    }
    text += left;
    if (text.size() > kLongestRow) return fail("line " + std::to_string(line + 1) + " is too long");
  }
  return take_line();
}

Result<void, std::string> FileImport::take(std::optional<api::FileRow> row) {
  if (!row || ++rows_ <= progress_.rows_done) return {};
  RefusedRow refused{.place = "line " + std::to_string(row->line),
                     .number = row->told.number,
                     .carrier = row->told.carrier,
                     .reason = row->fault};
  if (row->fault.empty()) {
    auto accepted = app::accept(std::move(row->told), setting_.context);
    if (accepted) {
      commands_.push_back(*std::move(accepted));
    } else {
      refused.reason = describe(accepted.error());
    }
  }
  if (!refused.reason.empty()) refused_.push_back(std::move(refused));
  return commands_.size() + refused_.size() < kRowsAtOnce ? Result<void, std::string>() : write_out();
}

Result<void, std::string> FileImport::write_out() {
  if (const auto taken = setting_.sink.take(std::exchange(commands_, {}), std::exchange(refused_, {})); !taken) {
    return taken;
  }
  setting_.told(setting_.sink.counts());
  if (setting_.file == nullptr) return {};
  progress_.rows_done = std::max(rows_, progress_.rows_done);
  progress_.counts = setting_.sink.counts();
  progress_.rejects_bytes = setting_.sink.rejects_bytes();
  return setting_.file->keep(progress_);
}

}  // namespace parcelwake::cli
