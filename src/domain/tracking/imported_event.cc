#include "domain/tracking/imported_event.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace parcelwake::domain {
namespace {

// Lower case, runs of white space as one space, none at the ends.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : ascii::trimmed(text)) {
    if (!ascii::is_space(c)) {
      out.push_back(ascii::lower(c));
    } else if (!out.ends_with(' ')) {
      out.push_back(' ');
    }
  }
  return out;
}

WallTime cut_to(Precision precision, WallTime wall) {
  switch (precision) {
    case Precision::None:
      return {};
    case Precision::Date:
      return std::chrono::floor<std::chrono::days>(wall);
    case Precision::Minute:
      return std::chrono::floor<std::chrono::minutes>(wall);
    case Precision::Second:
      return std::chrono::floor<std::chrono::seconds>(wall);
  }
  return wall;
}

bool clocks_agree(const Checkpoint& a, const Checkpoint& b) {
  const Precision coarser = std::min(a.time.precision, b.time.precision);
  if (coarser == Precision::None) return a.time.precision == b.time.precision && a.time_raw == b.time_raw;
  return cut_to(coarser, a.time.wall) == cut_to(coarser, b.time.wall);
}

bool places_agree(std::string_view a, std::string_view b) {
  const std::string one = folded(a);
  const std::string other = folded(b);
  return one.find(other) != std::string::npos || other.find(one) != std::string::npos;
}

}  // namespace

bool is_imported(const Checkpoint& checkpoint) { return checkpoint.source.starts_with(kImportSource); }

bool retells(const Checkpoint& told, const Checkpoint& imported) {
  return clocks_agree(told, imported) && folded(told.description) == folded(imported.description) &&
         places_agree(told.location, imported.location);
}

}  // namespace parcelwake::domain
