#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/number/check_digit.h"
#include "domain/tracking/carrier_code.h"

namespace parcelwake::domain {

// How far a format can be believed.
enum class Confidence : std::uint8_t {
  Low,       // one source of unknown care, or a bare count of digits
  Medium,    // one good source, or several with a shape that others share
  High,      // independent sources agree, or the carrier says so
  Verified,  // published test numbers of the carrier itself pass it
  Reserved,  // ours alone: nobody else's numbers look so
};

// One layout of a format: an RE2 pattern over a normalised number, whole. The check character follows the serial.
struct NumberShape {
  std::string pattern;
  double share = 1;  // of random numbers of the same lengths and kinds of characters, the part that fits the pattern
  int serial_begin = 0;  // counted from the number's end when negative
  int serial_end = 0;    // counted from the number's end when 0 or negative
};

// What the numbers of one carrier, or of one of its services, look like.
struct NumberFormat {
  std::string id;
  std::string name;
  CarrierCode carrier;  // none: the postal operator of the country in the last two letters
  std::string country;  // where alone the carrier works, ISO 3166 alpha-2; empty: across borders or unknown
  Confidence confidence = Confidence::Low;
  std::vector<NumberShape> shapes;
  bool is_cargo = false;  // freight, not parcels: what anyone asks about is more likely something else
  CheckDigit check;
  std::string prepend;  // goes before the serial, unless it begins so, when the check character is computed
  std::string exclude;  // a pattern; numbers that it fits are none of this format's
};

// Whether the check character of `number`, which fits `shape` of `format`, is right. Nothing without a check rule.
std::optional<bool> check_holds(const NumberFormat& format, const NumberShape& shape, std::string_view number);

// 0 to 1: how much a fit says for the format's carrier. From weak to strong: a bare length, a prefix, a right check
// digit, both; less when the format itself is doubtful. A fit with a wrong check digit is below any other.
double strength(const NumberFormat& format, const NumberShape& shape, std::optional<bool> checksum);

}  // namespace parcelwake::domain
