#pragma once

#include <string>
#include <vector>

namespace parcelwake::cli {

enum class Grade {
  Ok,
  Warning,  // It works, but not as well or as safely as it should, or not for long.
  Problem,  // It does not work.
};

// One line of `parcelwake doctor`.
struct Finding {
  Grade grade = Grade::Ok;
  std::string subject;  // what was looked at: "data directory", "tls"
  std::string text;     // how it is; shows no secret
  std::string advice;   // what to do next; empty when nothing
};

using Findings = std::vector<Finding>;

}  // namespace parcelwake::cli
