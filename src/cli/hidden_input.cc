#include "cli/hidden_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace parcelwake::cli {
namespace {

constexpr char kControlC = 3;

// A terminal that shows nothing while this lives. Ctrl-C ends the line instead of the program, which would leave the
// terminal as it is.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    hidden.c_cc[VEOL] = kControlC;
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

}  // namespace

bool can_ask_person() { return isatty(STDIN_FILENO) == 1; }

std::optional<std::string> ask_hidden(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  const HiddenTyping hidden;
  std::string line;
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1) {
    if (c == kControlC) break;
    if (c == '\n') {
      std::cerr << '\n';
      return line;
    }
    line.push_back(c);
  }
  std::cerr << '\n';
  return std::nullopt;
}

}  // namespace parcelwake::cli
