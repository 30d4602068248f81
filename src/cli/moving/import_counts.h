#pragma once

#include <cstdint>
#include <string>

#include "wire/json/writer.h"

namespace parcelwake::cli {

// What became of the rows of an import, each row in one of the counts.
struct ImportCounts {
  std::int64_t added = 0;
  std::int64_t imported_before = 0;  // added by an earlier run, and shown to this one again
  std::int64_t already_there = 0;    // the account's own; left as they are
  std::int64_t deleted = 0;          // deleted here; not brought back
  std::int64_t refused = 0;          // with their reasons in the file of rejects

  std::int64_t rows() const { return added + imported_before + already_there + deleted + refused; }
};

// As members of the object that is open.
void write_counts(wire::json::Writer& writer, const ImportCounts& counts);

// "2000 rows: 1990 added, 8 already there, 2 refused": what is zero is left out.
std::string in_words(const ImportCounts& counts);

}  // namespace parcelwake::cli
