#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "cli/moving/import_counts.h"

namespace parcelwake::cli {

// How far an import has come, as it is kept between runs.
struct ImportProgress {
  ImportCounts counts;
  std::int64_t rejects_bytes = 0;
  std::int64_t page = 1;                      // of a vendor's list: the next one
  std::optional<std::int64_t> created_max_s;  // the list is read down from here; nothing: from its newest
  std::optional<std::int64_t> created_min_s;  // down to here; nothing: to its end
  std::optional<std::int64_t> newest_s;       // the newest created_at that has been read
  std::int64_t rows_done = 0;                 // of a file
  bool complete = false;
};

// Where the progress of one import lies: DATA/import/NAME.json. Written as a whole, so that a crash leaves the old
// progress or the new one.
class ProgressFile {
 public:
  ProgressFile(const std::string& data_directory, std::string name);

  Result<void, std::string> make_folder() const;

  // One that was not begun, or cannot be read, is a fresh one: at worst rows are looked at again.
  ImportProgress load() const;
  Result<void, std::string> keep(const ImportProgress& progress) const;

  const std::string& folder() const { return folder_; }
  std::string rejects_file() const { return folder_ + "/" + name_ + ".rejects.csv"; }

 private:
  std::string folder_;
  std::string name_;
};

}  // namespace parcelwake::cli
