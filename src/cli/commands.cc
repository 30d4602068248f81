#include "cli/commands.h"

#include <iostream>

namespace parcelwake::cli {

int refuse(const std::string& reason) {
  std::cerr << "parcelwake: " << reason << '\n';
  return kRefused;
}

}  // namespace parcelwake::cli
