#include "wire/json/writer.h"

#include <algorithm>
#include <array>
#include <charconv>
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

// Whether one of sixteen bytes is, all at once.
using Sixteen [[gnu::vector_size(16)]] = signed char;
bool has_special(const Sixteen& bytes) {
  const auto special = (bytes < 0x20) | (bytes == '"') | (bytes == '\\');  // bytes beyond ASCII are negative
  std::uint64_t halves[2];
  std::memcpy(halves, &special, sizeof(halves));
  return (halves[0] | halves[1]) != 0;
}

// Copies so many bytes, unless one of them is special.
bool copy_eight(char* to, const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof(word));
  if (has_special(word)) return false;
  std::memcpy(to, &word, sizeof(word));
  return true;
}
bool copy_sixteen(char* to, const char* from) {
  Sixteen word;
  std::memcpy(&word, from, sizeof(word));
  if (has_special(word)) return false;
  std::memcpy(to, &word, sizeof(word));
  return true;
}

// Copies `text` as far as its bytes stand for themselves and are ASCII, as most texts are throughout, or a little less
// far; returns how many bytes that were. Words that overlap take the place of a loop over the last bytes.
std::size_t copy_plain(char* to, std::string_view text) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  std::size_t i = 0;
  if (size >= 16) {
    for (; i + 16 <= size; i += 16) {
      if (!copy_sixteen(to + i, from + i)) return i;
    }
    return i == size || copy_sixteen(to + size - 16, from + size - 16) ? size : i;
  }
  if (size >= 8) {
    if (!copy_eight(to, from)) return 0;
    return copy_eight(to + size - 8, from + size - 8) ? size : 8;
  }
  for (; i < size && kEscapes[static_cast<unsigned char>(from[i])] == 0; ++i) to[i] = from[i];
  return i;
}

constexpr char kDigits[] = "0123456789abcdef";

// The most that one step of put_escaped() writes: "\u0000".
constexpr std::size_t kLongestEscape = 6;

// One character of `text`, or the escape that stands for it, at `to`. Takes it off `text`; returns the place after it.
char* put_character(char* to, std::string_view& text) {
  const auto byte = static_cast<unsigned char>(text.front());
  const char escape = kEscapes[byte];
  std::size_t length = 1;
  if (escape == 0) {
    *to++ = text.front();
  } else if (escape == 'x') {
    const std::size_t whole = utf8_length(text);
    const std::string_view shown = whole > 0 ? text.substr(0, whole) : std::string_view("\xEF\xBF\xBD");
    length = std::max<std::size_t>(whole, 1);
    for (const char c : shown) *to++ = c;
  } else {
    *to++ = '\\';
    *to++ = escape;
    if (escape == 'u') {
      for (const char digit : {'0', '0', kDigits[byte >> 4], kDigits[byte & 15]}) *to++ = digit;
    }
  }
  text.remove_prefix(length);
  return to;
}

}  // namespace

void append_string(std::string& out, std::string_view text) { Writer(out).string(text); }

Writer& Writer::strings(const std::string_view* texts, std::size_t count) {
  *room(1) = '"';
  ++at_;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = texts[i];
    const std::size_t plain = copy_plain(room(text.size() + 2), text);
    at_ += plain;
    if (plain < text.size()) put_escaped(text.substr(plain));
  }
  char* const to = room(2);
  to[0] = '"';
  to[1] = ',';
  at_ = to + 2;
  return *this;
}

void Writer::put_escaped(std::string_view text) {
  while (!text.empty()) at_ = put_character(room(kLongestEscape), text);
}

Writer& Writer::hex_string(std::string_view bytes) {
  char* to = room(2 * bytes.size() + 3);
  *to++ = '"';
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *to++ = kDigits[byte >> 4];
    *to++ = kDigits[byte & 15];
  }
  *to++ = '"';
  *to++ = ',';
  at_ = to;
  return *this;
}

Writer& Writer::number(std::int64_t value) {
  constexpr std::size_t kLongest = 20;
  char* const from = room(kLongest + 1);
  char* const to = std::to_chars(from, from + kLongest, value).ptr;
  *to = ',';
  at_ = to + 1;
  return *this;
}

void Writer::grow(std::size_t bytes) {
  // A string's new bytes are zeroed. Piece by piece, what was zeroed is still near when the text comes.
  constexpr std::size_t kPiece = 1024;
  constexpr std::size_t kLeast = 256;
  const std::size_t used = at_ == nullptr ? out_.size() : static_cast<std::size_t>(at_ - out_.data());
  const std::size_t needed = used + bytes;
  if (needed > out_.capacity()) out_.reserve(std::max(needed + kLeast, 2 * out_.capacity()));
  out_.resize(std::min(out_.capacity(), needed + kPiece));
  at_ = out_.data() + used;
  end_ = out_.data() + out_.size();
}

void Writer::settle() {
  if (at_ == nullptr) return;
  const std::size_t used = static_cast<std::size_t>(at_ - out_.data());
  out_.resize(used - (used > 0 && out_[used - 1] == ',' ? 1 : 0));
  at_ = end_ = nullptr;
}

}  // namespace parcelwake::wire::json
