#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace parcelwake::wire::http {

// How long a Retry-After header (RFC 9110, 10.2.3) asks to wait from `now` on: seconds, or an HTTP date. A date that is
// over gives zero; what lies beyond a day is cut to one. Nothing for any other text.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view value, Timestamp now);

}  // namespace parcelwake::wire::http
