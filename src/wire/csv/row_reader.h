#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "wire/csv/rows.h"

namespace parcelwake::wire::csv {

// Reads a table piece by piece, in bounded memory. Rows are as read() has them, but for what people write by hand: any
// separator, and a quote inside an unquoted cell stands for itself.
class RowReader {
 public:
  explicit RowReader(char separator);
  ~RowReader();

  // Appends the rows that `bytes` complete.
  void feed(std::string_view bytes, std::vector<Row>& rows);

  // The end of the table: appends a last row without a line feed. False: a quoted cell was never closed; `open_line`
  // tells where its row began, and what follows is not to be trusted.
  bool finish(std::vector<Row>& rows);
  int open_line() const;

  // Bytes of the row that is not complete yet: a quote that is never closed swallows everything.
  std::size_t open_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The separator of a table by its first line: of ',', ';' and tab the one that stands there most; ',' when none does.
char separator_of(std::string_view first_line);

}  // namespace parcelwake::wire::csv
