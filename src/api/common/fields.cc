#include "api/common/fields.h"

#include <charconv>

#include "base/ascii.h"

namespace parcelwake::api {
namespace {

using wire::json::Row;
using wire::json::Scalar;

constexpr std::size_t kLongestText = 4096;

}  // namespace

Result<std::string_view, Meta> text_field(const Row& row, std::string_view key) {
  const Scalar* value = row.find(key);
  if (value == nullptr || value->kind == Scalar::Kind::Null) return std::string_view{};
  if (value->kind == Scalar::Kind::Composite || value->text.size() > kLongestText) return fail(Meta::NotUnderstood);
  return value->text;
}

std::string_view FieldReader::text(std::string_view key) {
  const auto field = text_field(row_, key);
  if (field) return *field;
  failed_ = true;
  return {};
}

std::string_view FieldReader::first_of(std::string_view key, std::string_view alias) {
  const std::string_view value = text(key);
  return value.empty() ? text(alias) : value;
}

std::optional<std::string> FieldReader::given(std::string_view key) {
  const std::string_view value = text(key);
  return value.empty() ? std::nullopt : std::optional<std::string>(value);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  text = ascii::trimmed(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.empty()) return std::nullopt;
  // "1693526400.0" is what some languages make of a number of seconds.
  const std::string_view tail(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool whole =
      tail.empty() || (tail.front() == '.' && tail.find_first_not_of("0123456789", 1) == std::string_view::npos);
  return whole ? std::optional(value) : std::nullopt;
}

std::optional<bool> parse_truth(std::string_view text) {
  if (ascii::equals_ignoring_case(text, "true") || text == "1") return true;
  if (ascii::equals_ignoring_case(text, "false") || text == "0") return false;
  return std::nullopt;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto end = text.find(',');
    const auto item = ascii::trimmed(text.substr(0, end));
    if (!item.empty()) items.emplace_back(item);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return items;
}

}  // namespace parcelwake::api
