#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake::domain {

// An amount of what accounts pay with. A new number costs one unit; some calls cost a fraction, so amounts are kept in
// tenths.
class Units {
 public:
  constexpr Units() = default;
  static constexpr Units whole(std::int64_t count) { return Units(count * 10); }
  static constexpr Units tenths(std::int64_t count) { return Units(count); }

  constexpr std::int64_t in_tenths() const { return tenths_; }
  // Whole units, a begun one not counted: 1.9 is 1, -0.1 is -1.
  constexpr std::int64_t floored() const { return tenths_ / 10 - (tenths_ % 10 < 0 ? 1 : 0); }

  constexpr Units operator-() const { return Units(-tenths_); }
  constexpr Units operator+(Units other) const { return Units(tenths_ + other.tenths_); }
  constexpr Units operator-(Units other) const { return Units(tenths_ - other.tenths_); }
  constexpr Units& operator+=(Units other) { return *this = *this + other; }
  constexpr Units& operator-=(Units other) { return *this = *this - other; }
  constexpr auto operator<=>(const Units&) const = default;

 private:
  explicit constexpr Units(std::int64_t tenths) : tenths_(tenths) {}

  std::int64_t tenths_ = 0;
};

// "12", "0.2", "-3.5".
std::string to_string(Units units);

// The same read back; nothing for other texts, for more than one decimal and for more than a thousand million units.
std::optional<Units> parse_units(std::string_view text);

}  // namespace parcelwake::domain
