#include "domain/number/normalised_number.h"

#include "base/ascii.h"

namespace parcelwake::domain {

std::optional<NormalisedNumber> NormalisedNumber::from(std::string_view written) {
  NormalisedNumber number;
  for (const char c : written) {
    if (ascii::is_space(c) || c == '-' || c == '.') continue;
    if (!ascii::is_alphanumeric(c) || number.size_ == kLongest) return std::nullopt;
    number.text_[number.size_++] = ascii::upper(c);
  }
  if (number.size_ == 0) return std::nullopt;
  return number;
}

}  // namespace parcelwake::domain
