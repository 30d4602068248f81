#include "api/common/entity_tag.h"

#include <array>
#include <charconv>
#include <string_view>

#include "base/ascii.h"

namespace parcelwake::api {
namespace {

constexpr int kBase = 16;

// `tag`: "18e2…" as entity_tag() wrote it; a proxy may have made it weak (W/"…").
Timestamp state_of(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return Timestamp::min();
  tag = tag.substr(1, tag.size() - 2);
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), count, kBase);
  if (error != std::errc{} || end != tag.data() + tag.size()) return Timestamp::min();
  return Timestamp{Timestamp::duration{count}};
}

}  // namespace

std::string entity_tag(Timestamp updated_at) {
  std::array<char, 24> text;
  text.front() = '"';
  char* end =
      std::to_chars(text.data() + 1, text.data() + text.size() - 1, updated_at.time_since_epoch().count(), kBase).ptr;
  *end++ = '"';
  return {text.data(), end};
}

app::ExpectedStates expected_states(const wire::http::Request& request) {
  app::ExpectedStates states;
  auto rest = request.header("If-Match").value_or("*");
  if (ascii::trimmed(rest) == "*") return states;
  for (;;) {
    const auto comma = rest.find(',');
    states.push_back(state_of(ascii::trimmed(rest.substr(0, comma))));
    if (comma == std::string_view::npos) return states;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace parcelwake::api
