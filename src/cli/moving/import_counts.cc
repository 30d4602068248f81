#include "cli/moving/import_counts.h"

namespace parcelwake::cli {

void write_counts(wire::json::Writer& writer, const ImportCounts& counts) {
  writer.field("added", counts.added).field("imported_before", counts.imported_before);
  writer.field("already_there", counts.already_there).field("deleted", counts.deleted);
  writer.field("refused", counts.refused);
}

std::string in_words(const ImportCounts& counts) {
  std::string out = std::to_string(counts.rows()) + " rows: " + std::to_string(counts.added) + " added";
  const auto tell = [&](std::int64_t count, const char* what) {
    if (count != 0) out += ", " + std::to_string(count) + what;
  };
  tell(counts.imported_before, " imported before");
  tell(counts.already_there, " already there");
  tell(counts.deleted, " deleted here and left so");
  tell(counts.refused, " refused");
  return out;
}

}  // namespace parcelwake::cli
