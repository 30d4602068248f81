#include "domain/number/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "domain/number/normalised_number.h"

namespace parcelwake::domain {

namespace {

std::size_t position(int from, std::size_t size, bool end) {
  const bool from_end = from < 0 || (end && from == 0);
  const std::size_t distance = static_cast<std::size_t>(std::abs(from));
  if (!from_end) return std::min(distance, size);
  return distance > size ? 0 : size - distance;
}

double weight(Confidence confidence) {
  switch (confidence) {
    case Confidence::Low:
      return 0.5;
    case Confidence::Medium:
      return 0.85;
    case Confidence::High:
      return 0.97;
    case Confidence::Verified:
      return 1;
    case Confidence::Reserved:
      return 1;
  }
  return 0;
}

// Puts a freight number with a right check digit after any parcel number of good source.
constexpr double kCargo = 0.25;

// 0 for a shape that about every third number or more has, 1 for one that 1 number in 100 or less has.
double distinction(double share) {
  if (share > 0.3) return 0;
  return std::min(1.0, std::log(share) / std::log(0.01));
}

}  // namespace

std::optional<bool> check_holds(const NumberFormat& format, const NumberShape& shape, std::string_view number) {
  if (format.check.rule == CheckRule::None) return std::nullopt;
  const std::size_t begin = position(shape.serial_begin, number.size(), false);
  const std::size_t end = position(shape.serial_end, number.size(), true);
  if (begin >= end || end >= number.size()) return false;
  const std::string_view serial = number.substr(begin, end - begin);
  const char given = number[end];
  if (format.prepend.empty() || serial.starts_with(format.prepend)) {
    return check_character(format.check, serial) == given;
  }
  std::array<char, 2 * NormalisedNumber::kLongest> whole;
  if (format.prepend.size() + serial.size() > whole.size()) return false;
  char* const after = std::copy(format.prepend.begin(), format.prepend.end(), whole.data());
  std::copy(serial.begin(), serial.end(), after);
  return check_character(format.check, {whole.data(), format.prepend.size() + serial.size()}) == given;
}

double strength(const NumberFormat& format, const NumberShape& shape, std::optional<bool> checksum) {
  if (format.confidence == Confidence::Reserved) return 1;
  const double belief = weight(format.confidence) * (format.is_cargo ? kCargo : 1);
  const double distinct = distinction(shape.share);
  if (!checksum) return (0.3 + 0.3 * distinct) * belief;
  const double held = (0.8 + 0.15 * distinct) * belief;
  return *checksum ? held : 0.1 * held;
}

}  // namespace parcelwake::domain
