#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parcelwake::api {

// What a request asks for, decoded. Doubled slashes and one at the end say nothing, so "/v2//carriers/" is {v2,
// carriers}; an encoded slash or NUL stays inside its segment.
struct Target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> parameters;  // "a&b=" has both, with empty values

  // The first of that name that is not empty; nothing when it is absent or empty.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

Target parse_target(std::string_view path, std::string_view query);

// "%2C" and the like; a '%' that two hex digits do not follow stands for itself. A form's '+' is a space.
enum class Plus { Itself, Space };
std::string percent_decoded(std::string_view text, Plus plus);

// Whether a body that is no JSON looks like a form ("a=b&c=d").
bool looks_like_form(std::string_view body);

}  // namespace parcelwake::api
