#include "cli/moving/progress_teller.h"

#include <unistd.h>

#include <iostream>

namespace parcelwake::cli {

ProgressTeller::ProgressTeller(bool brief) : brief_(brief), terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressTeller::tell(const ImportCounts& counts) {
  if (brief_ && !terminal_) return;
  if (!terminal_) {
    std::cerr << in_words(counts) << '\n';
    return;
  }
  std::cerr << "\r\033[K" << in_words(counts) << std::flush;
  line_open_ = true;
}

void ProgressTeller::tell(const std::string& what) {
  end_line();
  std::cerr << what << '\n';
}

void ProgressTeller::end_line() {
  if (line_open_) std::cerr << '\n';
  line_open_ = false;
}

}  // namespace parcelwake::cli
