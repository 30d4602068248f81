#include "wire/xml/charset.h"

#include <iconv.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "base/ascii.h"

namespace parcelwake::wire::xml {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Beginnings of the names that iconv is asked for; foreign bytes never choose among all its converters.
constexpr std::array<std::string_view, 14> kConverted = {"iso-8859-", "windows-12", "cp12",      "gb2312", "gbk",
                                                         "gb18030",   "big5",       "shift_jis", "euc-jp", "euc-kr",
                                                         "koi8-",     "utf-16",     "cp85",      "tis-620"};

// The length of the well-formed UTF-8 sequence that begins `text`, 0 when it is none (RFC 3629, section 4).
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xBF) {
    return i < text.size() && at(i) >= least && at(i) <= most;
  };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned least = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned most = first == 0xED ? 0x9F : 0xBF;
    return follows(1, least, most) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned least = first == 0xF0 ? 0x90 : 0x80;
    const unsigned most = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, least, most) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

std::string repaired_utf8(std::string_view bytes) {
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return std::string(bytes);
  std::string repaired;
  repaired.reserve(bytes.size() + 16);
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    repaired += length == 0 ? kReplacement : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return repaired;
}

struct CloseConverter {
  void operator()(void* converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<void, CloseConverter>;

Converter converter_from(const std::string& charset) {
  void* opened = iconv_open("UTF-8", charset.c_str());
  return Converter(opened == reinterpret_cast<void*>(-1) ? nullptr : opened);  // NOLINT: as POSIX has it
}

std::string converted(std::string_view bytes, iconv_t converter) {
  std::string out;
  std::string input(bytes);
  char* from = input.data();
  std::size_t left = input.size();
  std::array<char, 4096> buffer{};
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t outcome = iconv(converter, &from, &left, &to, &room);
    const int reason = errno;
    out.append(buffer.data(), buffer.size() - room);
    if (outcome != static_cast<std::size_t>(-1) || reason == E2BIG) continue;
    out += kReplacement;
    ++from;
    --left;
  }
  return out;
}

bool is_converted(std::string_view charset) {
  return charset.size() <= 16 &&
         std::all_of(charset.begin(), charset.end(),
                     [](char c) { return ascii::is_alphanumeric(c) || c == '-' || c == '_'; }) &&
         std::any_of(kConverted.begin(), kConverted.end(),
                     [&](std::string_view known) { return charset.starts_with(known); });
}

std::string read_as(std::string_view bytes, const std::string& charset) {
  if (is_converted(charset)) {
    if (const Converter converter = converter_from(charset)) return converted(bytes, converter.get());
  }
  return repaired_utf8(bytes);
}

std::string read_by_mark(std::string_view bytes, std::string_view told, std::string_view written) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return repaired_utf8(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE")) return read_as(bytes.substr(2), "utf-16le");
  if (bytes.starts_with("\xFE\xFF")) return read_as(bytes.substr(2), "utf-16be");
  return read_as(bytes, ascii::to_lower(told.empty() ? written : told));
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view told, std::string_view written) {
  std::string text = read_by_mark(bytes, told, written);
  std::replace(text.begin(), text.end(), '\0', ' ');
  return text;
}

std::string_view declared_encoding(std::string_view bytes) {
  bytes = bytes.substr(0, 256);
  if (!bytes.starts_with("<?xml")) return {};
  bytes = bytes.substr(0, bytes.find("?>"));
  const std::size_t key = bytes.find("encoding");
  if (key == std::string_view::npos) return {};
  const std::size_t open = bytes.find_first_of("\"'", key);
  if (open == std::string_view::npos) return {};
  const std::size_t close = bytes.find(bytes[open], open + 1);
  return close == std::string_view::npos ? std::string_view{} : bytes.substr(open + 1, close - open - 1);
}

}  // namespace parcelwake::wire::xml
