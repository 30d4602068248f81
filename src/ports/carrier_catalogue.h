#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/tracking/carrier.h"
#include "domain/waybill/airline.h"

namespace parcelwake::ports {

// Where the parcel goes and comes from, as far as the caller knows (ISO 3166 alpha-2, upper case; empty: unknown).
struct DetectHints {
  std::string origin;
  std::string destination;
};

struct Candidate {
  domain::CarrierCode carrier;
  std::string_view carrier_name;
  std::string_view format;       // the number format that fits, by name
  std::optional<bool> checksum;  // whether the check digit holds; nothing when the format has none
  double score = 0;              // 0 to 1, comparable within one answer only
};

// The carriers and airlines the server knows and the shapes of their numbers. Never changes while the server runs; safe
// from any thread.
class CarrierCatalogue {
 public:
  virtual ~CarrierCatalogue() = default;

  virtual const domain::Carrier* find(const domain::CarrierCode& code) const = 0;  // nullptr: unknown
  virtual std::span<const domain::Carrier> all() const = 0;                        // by code

  // Carriers whose numbers look like `number` (as a person wrote it: any case, spaces, hyphens), best first, each
  // carrier once. Empty when no shape fits. A carrier whose check digit fails comes after all others.
  virtual std::vector<Candidate> detect(std::string_view number, const DetectHints& hints) const = 0;

  // The post that delivers an S10 item in `country` (alpha-2). Nothing when the number is no S10 number, the country is
  // unknown or empty, or has no post in the catalogue.
  virtual std::optional<domain::CarrierCode> destination_post(std::string_view number,
                                                              std::string_view country) const = 0;

  // The airline whose air waybills begin with these three digits; nullptr when there is none.
  virtual const domain::Airline* airline(std::string_view prefix) const = 0;

  // The English name of a country ("DE" -> "Germany"); empty when unknown. And back, from a name or any-case code.
  virtual std::string_view country_name(std::string_view iso2) const = 0;
  virtual std::string_view country_code(std::string_view name_or_code) const = 0;
};

}  // namespace parcelwake::ports
