#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parcelwake::domain {

enum class WaybillError {
  Missing,          // Nothing, or white space only.
  Malformed,        // Not three digits, perhaps a space or hyphen, and seven or eight more.
  WrongCheckDigit,  // The eighth digit of the serial is not the first seven modulo 7.
};

// The number of an air waybill: the airline's prefix, a serial of seven digits and its check digit, "172-00000033".
// Default-constructed: no number.
class AirWaybill {
 public:
  AirWaybill() = default;

  // Trims. A serial of seven digits is one without its check digit (the vendor's SDK lets it pass); it is completed.
  static Result<AirWaybill, WaybillError> parse(std::string_view text);

  // Takes `text`, which is text() of a waybill parsed before, as it stands.
  static AirWaybill trusted(std::string text) { return AirWaybill(std::move(text)); }

  const std::string& text() const { return text_; }  // "172-00000033"
  std::string_view prefix() const { return std::string_view(text_).substr(0, 3); }
  std::string_view serial() const { return text_.size() < 4 ? std::string_view{} : std::string_view(text_).substr(4); }

  auto operator<=>(const AirWaybill&) const = default;

 private:
  explicit AirWaybill(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace parcelwake::domain
