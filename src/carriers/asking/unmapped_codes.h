#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace parcelwake::carriers {

// How often carriers said codes that their declarations do not know. Safe from any thread.
class UnmappedCodes {
 public:
  struct Entry {
    std::string format;
    std::string code;
    std::uint64_t count = 0;
  };

  // The first time a code of a format is seen it is logged.
  void note(const std::string& format, const std::string& code);

  std::vector<Entry> list() const;  // the most frequent first

 private:
  // A carrier that makes its codes up must not fill the memory: beyond this, new ones are not kept.
  static constexpr std::size_t kMost = 10'000;

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
};

}  // namespace parcelwake::carriers
