#include "wire/json/writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace parcelwake::wire::json {
namespace {

// 0: stands for itself; 'u': \u00XX; 'x': a byte beyond ASCII; else the letter after the backslash.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
  for (std::size_t i = 0x80; i < 0x100; ++i) table[i] = 'x';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}
constexpr std::array<char, 256> kEscapes = make_escapes();

// The length of the UTF-8 sequence at the start of `text`, 0 when it is none (RFC 3629: no surrogates, no over-long
// forms).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool narrow = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F);
    return !narrow && follows(1) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool narrow = (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
    return !narrow && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

constexpr std::uint64_t zero_bytes(std::uint64_t eight) { return (eight - kOnes) & ~eight & kHighs; }

// Whether one of eight bytes is no ASCII, a control character, a quote or a backslash.
constexpr bool has_special(std::uint64_t eight) {
  const std::uint64_t controls = (eight - kOnes * 0x20) & ~eight & kHighs;
  return ((eight & kHighs) | controls | zero_bytes(eight ^ (kOnes * '"')) | zero_bytes(eight ^ (kOnes * '\\'))) != 0;
}

// How many bytes at the start of `text` stand for themselves and are ASCII, as most texts are throughout.
std::size_t plain_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, sizeof(eight));
    if (has_special(eight)) break;
  }
  while (i < text.size() && kEscapes[static_cast<unsigned char>(text[i])] == 0) ++i;
  return i;
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const std::size_t ascii = plain_ascii(text);
  if (std::array<char, 64> quoted; ascii == text.size() && text.size() + 2 <= quoted.size()) {
    quoted[0] = '"';
    char* const end = std::copy(text.begin(), text.end(), quoted.data() + 1);
    *end = '"';
    out.append(quoted.data(), text.size() + 2);
    return;
  }
  out.push_back('"');
  std::size_t plain = 0;  // start of the stretch that stands for itself
  for (std::size_t i = ascii; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) {
      ++i;
      continue;
    }
    if (escape == 'x') {
      if (const std::size_t length = utf8_length(text.substr(i)); length > 0) {
        i += length;
        continue;
      }
    }
    out.append(text, plain, i - plain);
    if (escape == 'x') {
      out.append("\xEF\xBF\xBD");
    } else if (escape == 'u') {
      out.append("\\u00");
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    } else {
      out.push_back('\\');
      out.push_back(escape);
    }
    plain = ++i;
  }
  out.append(text, plain, text.size() - plain);
  out.push_back('"');
}

}  // namespace parcelwake::wire::json
