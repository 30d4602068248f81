#include "domain/tracking/tracking_number.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::domain {

Result<TrackingNumber, NumberError> TrackingNumber::parse(std::string_view text) {
  const std::string_view given = ascii::trimmed(text);
  if (given.empty()) return fail(NumberError::Missing);
  const auto allowed = [](char c) { return ascii::is_alphanumeric(c) || c == '_' || c == '-'; };
  if (given.size() < 5 || given.size() > 64 || !std::all_of(given.begin(), given.end(), allowed)) {
    return fail(NumberError::Malformed);
  }
  return TrackingNumber(std::string(given));
}

std::string TrackingNumber::folded() const { return ascii::to_upper(text_); }

}  // namespace parcelwake::domain
