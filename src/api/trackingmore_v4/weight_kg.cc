#include "api/trackingmore_v4/weight_kg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

struct Unit {
  std::string_view name;
  double kilograms;
};

// International avoirdupois pound of 1959.
constexpr std::array<Unit, 12> kUnits = {{
    {"kg", 1},
    {"kgs", 1},
    {"kilogram", 1},
    {"kilograms", 1},
    {"g", 0.001},
    {"gram", 0.001},
    {"grams", 0.001},
    {"lb", 0.45359237},
    {"lbs", 0.45359237},
    {"pound", 0.45359237},
    {"pounds", 0.45359237},
    {"oz", 0.45359237 / 16},
}};

}  // namespace

std::string weight_kg(std::string_view text) {
  text = ascii::trimmed(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool is_weight = error == std::errc{} && value >= 0 && value <= 1e6;  // "nan" is neither
  if (!is_weight) return {};
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const std::string unit = ascii::to_lower(ascii::trimmed(rest));
  const auto known = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.name == unit; });
  if (known == kUnits.end()) return {};
  std::string kilograms = fmt::format("{:.3f}", value * known->kilograms);
  kilograms.erase(kilograms.find_last_not_of('0') + 1);
  if (kilograms.ends_with('.')) kilograms.pop_back();
  return kilograms;
}

}  // namespace parcelwake::api::trackingmore_v4
