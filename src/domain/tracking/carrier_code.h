#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parcelwake::domain {

// A carrier's short name in the catalogue, e.g. "china-ems": 1 to 64 of a-z, 0-9, '_' and '-'.
// Says nothing about whether the catalogue knows it. Default-constructed: no carrier.
class CarrierCode {
 public:
  CarrierCode() = default;

  // Trims and lower-cases ("UPS " is "ups"); nothing when other characters are in it, or none at all.
  static std::optional<CarrierCode> parse(std::string_view text);

  // Takes `text`, which parse() has accepted before (a stored row, the catalogue), as it stands.
  static CarrierCode trusted(std::string text) { return CarrierCode(std::move(text)); }

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

  auto operator<=>(const CarrierCode&) const = default;

 private:
  explicit CarrierCode(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace parcelwake::domain

template <>
struct std::hash<parcelwake::domain::CarrierCode> {
  std::size_t operator()(const parcelwake::domain::CarrierCode& code) const noexcept {
    return std::hash<std::string>{}(code.text());
  }
};
