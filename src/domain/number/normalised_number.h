#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace parcelwake::domain {

// A number as formats are written for: 0-9 and A-Z alone. Lives where it is declared; nothing is allocated.
class NormalisedNumber {
 public:
  static constexpr std::size_t kLongest = 64;

  // Upper-cases and leaves out white space, hyphens and dots. Nothing when that leaves no character, more than
  // kLongest, or any other than letters and digits.
  static std::optional<NormalisedNumber> from(std::string_view written);

  std::string_view text() const { return {text_.data(), size_}; }

 private:
  NormalisedNumber() = default;

  std::array<char, kLongest> text_;
  std::size_t size_ = 0;
};

}  // namespace parcelwake::domain
