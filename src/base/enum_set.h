#pragma once

#include <cstdint>
#include <initializer_list>

namespace parcelwake {

// A set of the values of an enum whose values are 0 to 31.
template <class Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (const Enum value : values) insert(value);
  }
  static constexpr EnumSet from_bits(std::uint32_t bits) {
    EnumSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr std::uint32_t bits() const { return bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool contains(Enum value) const { return (bits_ & bit(value)) != 0; }
  constexpr bool contains(EnumSet others) const { return (bits_ & others.bits_) == others.bits_; }
  constexpr void insert(Enum value) { bits_ |= bit(value); }
  constexpr void erase(Enum value) { bits_ &= ~bit(value); }
  constexpr EnumSet operator|(EnumSet others) const { return from_bits(bits_ | others.bits_); }
  constexpr EnumSet without(EnumSet others) const { return from_bits(bits_ & ~others.bits_); }
  constexpr bool operator==(const EnumSet&) const = default;

 private:
  static constexpr std::uint32_t bit(Enum value) { return std::uint32_t{1} << static_cast<unsigned>(value); }

  std::uint32_t bits_ = 0;
};

}  // namespace parcelwake
