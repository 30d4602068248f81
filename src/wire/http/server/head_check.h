#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "wire/http/server/message.h"
#include "wire/http/server/options.h"

namespace parcelwake::wire::http {

// A request head as libmicrohttpd left it in its buffer: the lines are still where they were read, in order, with ends
// of line, the first blanks and the colons overwritten by NUL.
struct RawHead {
  std::string_view method;
  std::string_view target;
  std::string_view version;
  const char* target_place;  // where `target` was read; `target` itself is a copy
  std::span<const HeaderField> fields;
  std::size_t size;  // bytes from the method to the end of the empty line
};

// The status to refuse this request with before its body is read, or nothing. Refused are what the limits exclude and
// every head that a proxy before us could frame otherwise than libmicrohttpd does: repeated Content-Length or
// Transfer-Encoding, both together, codings other than chunked, NUL, bare CR, continued lines, names that are no token.
std::optional<int> refusal(const RawHead& head, const Limits& limits);

// The body's length as announced; nothing when it is chunked or absent. Of a head that was not refused.
std::optional<std::size_t> announced_length(std::span<const HeaderField> fields);

// The path and query inside a target, which may be in absolute form.
struct TargetParts {
  std::string_view path;
  std::string_view query;
};
TargetParts split_target(std::string_view target);

}  // namespace parcelwake::wire::http
