#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace parcelwake::api::trackingmore_v4 {

// A moment as a client writes it, which may be as long as a day.
struct Moment {
  Timestamp begin{};
  std::chrono::milliseconds length{};  // a day, a minute or a second, as far as the text goes

  Timestamp last() const { return begin + length - std::chrono::milliseconds{1}; }
};

// "2023-08-23T06:00:00+08:00", "…Z", "…-0500", with a space for the 'T', with fractions (dropped), to the minute; a
// date alone; both without an offset by a clock at `zone`; unix seconds. A space before the offset is a '+' that a
// query string has lost: "2023-08-23T06:00:00 00:00". Nothing for anything else.
std::optional<Moment> parse_moment(std::string_view text, UtcOffset zone);

}  // namespace parcelwake::api::trackingmore_v4
