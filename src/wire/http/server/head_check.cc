#include "wire/http/server/head_check.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace parcelwake::wire::http {

namespace {

constexpr int kBadRequest = 400;
constexpr int kTooLarge = 413;
constexpr int kTargetTooLong = 414;
constexpr int kHeadTooLarge = 431;

// RFC 9110, 5.6.2.
constexpr std::array<bool, 256> kTokenCharacters = [] {
  std::array<bool, 256> is_token{};
  for (int c = 0; c < 128; ++c) is_token[c] = ascii::is_alphanumeric(static_cast<char>(c));
  for (const unsigned char c : std::string_view("!#$%&'*+-.^_`|~")) is_token[c] = true;
  return is_token;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return kTokenCharacters[c]; });
}

bool is_target(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c != 0x7F; });
}

// Lines end in LF or CRLF, so in one or two NULs. More between two lines is a NUL that the client sent, or a line that
// libmicrohttpd has joined elsewhere.
bool is_line_end(const char* from, const char* to) { return to - from == 1 || to - from == 2; }

const char* end_of(std::string_view text) { return text.data() + text.size(); }

bool is_request_line_whole(const RawHead& head) {
  const char* gap = end_of(head.method) + 1;
  if (gap > head.target_place) return false;
  if (!std::all_of(gap, head.target_place, [](char c) { return c == ' '; })) return false;
  return head.target_place + head.target.size() + 1 == head.version.data();
}

bool is_block_whole(const RawHead& head) {
  const char* end = end_of(head.version);
  for (const HeaderField& field : head.fields) {
    if (!is_line_end(end, field.name.data())) return false;
    // Only white space may stand between the colon and the value.
    const char* after_colon = end_of(field.name) + 1;
    if (after_colon > field.value.data()) return false;
    end = end_of(field.value);
  }
  const auto left = head.method.data() + head.size - end;
  return left >= 2 && left <= 4;  // the last line's end and the empty line
}

bool is_framing_plain(std::span<const HeaderField> fields) {
  int lengths = 0;
  int codings = 0;
  bool chunked = true;
  for (const HeaderField& field : fields) {
    if (ascii::equals_ignoring_case(field.name, "Content-Length")) ++lengths;
    if (ascii::equals_ignoring_case(field.name, "Transfer-Encoding")) {
      ++codings;
      chunked = ascii::equals_ignoring_case(field.value, "chunked");
    }
  }
  return lengths + codings <= 1 && chunked;
}

bool is_field_clean(const HeaderField& field) {
  return is_token(field.name) && field.value.find('\r') == std::string_view::npos;
}

}  // namespace

std::optional<int> refusal(const RawHead& head, const Limits& limits) {
  if (head.target.size() > limits.target) return kTargetTooLong;
  if (head.size > limits.head) return kHeadTooLarge;
  if (!is_token(head.method) || !is_target(head.target)) return kBadRequest;
  if (!is_request_line_whole(head) || !is_block_whole(head)) return kBadRequest;
  if (!std::all_of(head.fields.begin(), head.fields.end(), is_field_clean)) return kBadRequest;
  if (!is_framing_plain(head.fields)) return kBadRequest;
  if (announced_length(head.fields).value_or(0) > limits.body) return kTooLarge;
  return std::nullopt;
}

std::optional<std::size_t> announced_length(std::span<const HeaderField> fields) {
  for (const HeaderField& field : fields) {
    if (!ascii::equals_ignoring_case(field.name, "Content-Length")) continue;
    std::size_t length = 0;
    std::from_chars(field.value.data(), end_of(field.value), length);
    return length;
  }
  return std::nullopt;
}

TargetParts split_target(std::string_view target) {
  if (!target.starts_with('/')) {
    const std::size_t scheme_end = target.find("://");
    if (scheme_end != std::string_view::npos && scheme_end < target.find_first_of("/?")) {
      target.remove_prefix(scheme_end + 3);
      target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
      if (!target.starts_with('/')) return {"/", target.empty() ? target : target.substr(1)};
    }
  }
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

}  // namespace parcelwake::wire::http
