#include "carriers/asking/unmapped_codes.h"

#include <algorithm>

#include "base/observe/log.h"

namespace parcelwake::carriers {

void UnmappedCodes::note(const std::string& format, const std::string& code) {
  const std::lock_guard lock(mutex_);
  const auto known = counts_.find({format, code});
  if (known != counts_.end()) {
    ++known->second;
    return;
  }
  if (counts_.size() >= kMost) return;
  counts_.emplace(std::pair{format, code}, 1);
  log::warning("unmapped carrier code", "format={} code={}", format, code);
}

std::vector<UnmappedCodes::Entry> UnmappedCodes::list() const {
  std::vector<Entry> entries;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, count] : counts_) entries.push_back({key.first, key.second, count});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.count > b.count; });
  return entries;
}

}  // namespace parcelwake::carriers
