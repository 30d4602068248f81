#include "domain/account/units.h"

#include <charconv>
#include <cstdlib>

#include "base/ascii.h"

namespace parcelwake::domain {

std::string to_string(Units units) {
  const std::int64_t tenths = std::abs(units.in_tenths());
  std::string text = units.in_tenths() < 0 ? "-" : "";
  text += std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text;
}

std::optional<Units> parse_units(std::string_view text) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t tenth = 0;
  if (const auto point = text.find('.'); point != std::string_view::npos) {
    if (text.size() != point + 2 || !ascii::is_digit(text.back())) return std::nullopt;
    tenth = text.back() - '0';
    text = text.substr(0, point);
  }
  if (text.empty() || !ascii::is_digit(text.front())) return std::nullopt;
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc{} || end != text.data() + text.size() || whole > kMost) return std::nullopt;
  const Units units = Units::whole(whole) + Units::tenths(tenth);
  return negative ? -units : units;
}

}  // namespace parcelwake::domain
