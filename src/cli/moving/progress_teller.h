#pragma once

#include <string>

#include "cli/moving/import_counts.h"

namespace parcelwake::cli {

// Tells on stderr how far an import is: on one line of a terminal, on lines of their own elsewhere.
class ProgressTeller {
 public:
  // `brief`: nothing but what goes wrong, where nobody watches.
  explicit ProgressTeller(bool brief);
  ~ProgressTeller() { end_line(); }
  ProgressTeller(const ProgressTeller&) = delete;
  ProgressTeller& operator=(const ProgressTeller&) = delete;

  void tell(const ImportCounts& counts);
  void tell(const std::string& what);
  void end_line();

 private:
  bool brief_;
  bool terminal_;
  bool line_open_ = false;
};

}  // namespace parcelwake::cli
