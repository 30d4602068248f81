#include "api/common/target.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::api {
namespace {

// Calls `visit` for each piece of `text` between separators.
template <class Visit>
void for_each_piece(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string percent_decoded(std::string_view text, Plus plus) {
  // A loop of its own: find_first_of() calls memchr() for every character, which takes as long as all the rest.
  const auto is_escape = [](char c) { return c == '%' || c == '+'; };
  if (std::none_of(text.begin(), text.end(), is_escape)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::string byte; text[i] == '%' && i + 2 < text.size() && ascii::from_hex(text.substr(i + 1, 2), byte)) {
      out += byte;
      i += 2;
    } else if (text[i] == '+' && plus == Plus::Space) {
      out.push_back(' ');
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name && !value.empty()) return value;
  }
  return std::nullopt;
}

Target parse_target(std::string_view path, std::string_view query) {
  Target target;
  target.segments.reserve(5);
  for_each_piece(path, '/', [&](std::string_view piece) {
    if (!piece.empty()) target.segments.push_back(percent_decoded(piece, Plus::Itself));
  });
  for_each_piece(query, '&', [&](std::string_view piece) {
    const auto equals = std::min(piece.find('='), piece.size());
    const std::string_view value = equals < piece.size() ? piece.substr(equals + 1) : std::string_view{};
    if (equals > 0) {
      target.parameters.emplace_back(percent_decoded(piece.substr(0, equals), Plus::Space),
                                     percent_decoded(value, Plus::Space));
    }
  });
  return target;
}

bool looks_like_form(std::string_view body) {
  const auto equals = body.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  const auto name = body.substr(0, equals);
  return std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '%' || c == '+' || c == '[' ||
           c == ']';
  });
}

}  // namespace parcelwake::api
