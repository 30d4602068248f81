#include "wire/xml/xml_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace parcelwake::wire::xml {
namespace {

using Range = std::pair<char32_t, char32_t>;

// NameStartChar and what NameChar adds to it, beyond ASCII (XML 1.0, fifth edition, productions 4 and 4a).
constexpr std::array<Range, 12> kStart = {{{0xC0, 0xD6},
                                           {0xD8, 0xF6},
                                           {0xF8, 0x2FF},
                                           {0x370, 0x37D},
                                           {0x37F, 0x1FFF},
                                           {0x200C, 0x200D},
                                           {0x2070, 0x218F},
                                           {0x2C00, 0x2FEF},
                                           {0x3001, 0xD7FF},
                                           {0xF900, 0xFDCF},
                                           {0xFDF0, 0xFFFD},
                                           {0x10000, 0xEFFFF}}};
constexpr std::array<Range, 3> kFurther = {{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};

template <class Ranges>
bool within(const Ranges& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.second; });
}

// Takes the first character off valid UTF-8 that is not empty.
char32_t take(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t c = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < std::min(length, text.size()); ++i) c = (c << 6) | (byte(i) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return c;
}

bool may_start(char32_t c) { return c < 0x80 ? ascii::is_letter(static_cast<char>(c)) || c == '_' : within(kStart, c); }

bool may_follow(char32_t c) {
  if (c < 0x80) return may_start(c) || ascii::is_digit(static_cast<char>(c)) || c == '-' || c == '.';
  return within(kStart, c) || within(kFurther, c);
}

}  // namespace

bool is_xml_name(std::string_view text) {
  if (text.empty() || !may_start(take(text))) return false;
  while (!text.empty()) {
    if (!may_follow(take(text))) return false;
  }
  return true;
}

}  // namespace parcelwake::wire::xml
