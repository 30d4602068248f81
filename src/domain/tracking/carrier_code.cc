#include "domain/tracking/carrier_code.h"

#include <algorithm>

#include "base/ascii.h"

namespace parcelwake::domain {

std::optional<CarrierCode> CarrierCode::parse(std::string_view text) {
  const std::string_view given = ascii::trimmed(text);
  if (given.empty() || given.size() > 64) return std::nullopt;
  const auto allowed = [](char c) { return ascii::is_alphanumeric(c) || c == '_' || c == '-'; };
  if (!std::all_of(given.begin(), given.end(), allowed)) return std::nullopt;
  return CarrierCode(ascii::to_lower(given));
}

}  // namespace parcelwake::domain
