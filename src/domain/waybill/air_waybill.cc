#include "domain/waybill/air_waybill.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::domain {
namespace {

constexpr std::size_t kPrefix = 3;
constexpr std::size_t kCounted = 7;  // digits of the serial before its check digit

bool is_all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), ascii::is_digit); }

char check_digit_of(std::string_view counted) {
  int value = 0;
  for (const char digit : counted) value = value * 10 + (digit - '0');
  return static_cast<char>('0' + value % 7);
}

}  // namespace

Result<AirWaybill, WaybillError> AirWaybill::parse(std::string_view text) {
  text = ascii::trimmed(text);
  if (text.empty()) return fail(WaybillError::Missing);
  if (text.size() < kPrefix + kCounted) return fail(WaybillError::Malformed);
  const std::string_view prefix = text.substr(0, kPrefix);
  std::string_view serial = text.substr(kPrefix);
  if (serial.front() == '-' || serial.front() == ' ') serial.remove_prefix(1);
  const bool sized = serial.size() == kCounted || serial.size() == kCounted + 1;
  if (!sized || !is_all_digits(prefix) || !is_all_digits(serial)) return fail(WaybillError::Malformed);
  const char check = check_digit_of(serial.substr(0, kCounted));
  if (serial.size() > kCounted && serial.back() != check) return fail(WaybillError::WrongCheckDigit);
  std::string number(prefix);
  number.append("-").append(serial.substr(0, kCounted)).push_back(check);
  return AirWaybill(std::move(number));
}

}  // namespace parcelwake::domain
