#include "base/unicode.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace parcelwake {
namespace {

struct Plain {
  utf8proc_int32_t letter;
  std::string_view text;
};

// Letters that stand for others without being composed of them.
constexpr std::array<Plain, 8> kPlain = {{
    {0x00E6, "AE"},
    {0x00F0, "D"},
    {0x00F8, "O"},
    {0x00FE, "TH"},
    {0x0111, "D"},
    {0x0131, "I"},
    {0x0142, "L"},
    {0x0153, "OE"},
}};

bool is_letter_or_number(utf8proc_int32_t letter) {
  const utf8proc_category_t category = utf8proc_category(letter);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

void append(std::string& out, utf8proc_int32_t letter) {
  if (letter < 0x80) {
    const char c = static_cast<char>(letter);
    out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    return;
  }
  for (const Plain& plain : kPlain) {
    if (plain.letter == letter) {
      out += plain.text;
      return;
    }
  }
  std::array<utf8proc_uint8_t, 4> bytes;
  const auto size = utf8proc_encode_char(letter, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

}  // namespace

std::string folded_name(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  std::string out;
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t letter = 0;
    at += utf8proc_iterate(mapped + at, size - at, &letter);
    if (is_letter_or_number(letter)) append(out, letter);
  }
  return out;
}

}  // namespace parcelwake
