#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace parcelwake {

// SHA-256 of bytes that come in pieces, such as a file's.
class RunningDigest {
 public:
  RunningDigest();
  ~RunningDigest();
  RunningDigest(const RunningDigest&) = delete;
  RunningDigest& operator=(const RunningDigest&) = delete;

  void add(std::string_view bytes);
  std::string hex();  // of all that was added, in lower case; nothing may be added afterwards

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parcelwake
