#pragma once

#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/moving/table_reader.h"
#include "cli/moving/import_progress.h"
#include "cli/moving/import_sink.h"
#include "wire/csv/row_reader.h"

namespace parcelwake::cli {

// Takes over the trackings of a file, CSV or JSON Lines: which one is told by its first character. The file is read in
// pieces; every 500 rows are in the store before the progress is kept, and rows that an earlier run did are passed
// over.
class FileImport {
 public:
  struct Setting {
    ImportSink& sink;
    const app::ImportContext& context;
    ports::Clock& clock;
    const ProgressFile* file;                  // nullptr: no progress is kept (a pipe, a dry run)
    std::map<std::string, std::string> names;  // of columns: --map
    std::function<void(const ImportCounts&)> told;
  };

  FileImport(Setting setting, ImportProgress progress) : setting_(std::move(setting)), progress_(progress) {}

  // The error is a sentence for a person; all up to there is kept.
  Result<void, std::string> run(std::istream& in);

 private:
  Result<void, std::string> run_table(std::istream& in, std::string piece);
  Result<void, std::string> run_lines(std::istream& in, std::string piece);
  Result<void, std::string> take_rows(std::vector<wire::csv::Row>& rows);
  Result<void, std::string> take(std::optional<api::FileRow> row);
  Result<void, std::string> write_out();

  api::ReadContext read_context() const {
    return {.time_zone = setting_.context.time_zone, .catalogue = setting_.context.catalogue};
  }

  Setting setting_;
  ImportProgress progress_;
  std::optional<api::TableReader> table_;
  std::vector<app::ImportCommand> commands_;
  std::vector<RefusedRow> refused_;
  std::int64_t rows_ = 0;  // of the file
};

}  // namespace parcelwake::cli
