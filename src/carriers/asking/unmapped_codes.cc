#include "carriers/asking/unmapped_codes.h"

#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "base/observe/log.h"

namespace parcelwake::carriers {
namespace {

constexpr std::size_t kLongestCode = 40;

// A row without a code is counted by its words, which may name people: those stay out of the log.
std::string_view loggable(const std::string& code) {
  const bool is_word = std::all_of(code.begin(), code.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/';
  });
  return is_word && code.size() <= kLongestCode ? std::string_view(code) : "(words)";
}

}  // namespace

void UnmappedCodes::note(const std::string& format, const std::string& code) {
  const std::lock_guard lock(mutex_);
  const auto known = counts_.find({format, code});
  if (known != counts_.end()) {
    ++known->second;
    return;
  }
  if (counts_.size() >= kMost) return;
  counts_.emplace(std::pair{format, code}, 1);
  log::warning("unmapped carrier code", "format={} code={}", format, loggable(code));
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
