#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parcelwake::server {

// Holds a directory against others that do the same, as long as it lives; waits for its turn.
class DirectoryHold {
 public:
  explicit DirectoryHold(const std::string& directory);
  ~DirectoryHold();
  DirectoryHold(const DirectoryHold&) = delete;
  DirectoryHold& operator=(const DirectoryHold&) = delete;

  bool held() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

// All that is in a file; nothing when it cannot be opened.
std::optional<std::string> read_file(const std::string& path);

// Puts `bytes` in the place of a file as a whole: after a crash it holds the old bytes or the new ones, durably the new
// ones once this returns. Only its owner may read it; root writes it for the owner of the directory. The error is a
// sentence.
Result<void, std::string> replace_file(const std::string& directory, const std::string& name, std::string_view bytes);

}  // namespace parcelwake::server
