#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "carriers/catalogue/airlines.h"
#include "carriers/catalogue/countries.h"
#include "domain/number/detector.h"
#include "ports/carrier_catalogue.h"

namespace parcelwake::carriers {

// The texts a catalogue is made of. `formats` are files' names with their texts, in order of preference.
struct CatalogueTexts {
  std::string_view carriers;
  std::string_view countries;
  std::string_view operators;
  std::string_view airlines;
  std::vector<std::pair<std::string_view, std::string_view>> formats;
};

// Carriers, airlines, countries and number formats, read once and kept in memory. See the port for what it answers.
class Catalogue final : public ports::CarrierCatalogue {
 public:
  // Fails with what is wrong with the texts, also when a format's carrier is not listed.
  static Result<std::unique_ptr<Catalogue>, std::string> parse(const CatalogueTexts& texts);

  const domain::Carrier* find(const domain::CarrierCode& code) const override;
  std::span<const domain::Carrier> all() const override { return carriers_; }
  std::vector<ports::Candidate> detect(std::string_view number, const ports::DetectHints& hints) const override;
  std::optional<domain::CarrierCode> destination_post(std::string_view number, std::string_view country) const override;
  const domain::Airline* airline(std::string_view prefix) const override { return airlines_.find(prefix); }
  std::string_view country_name(std::string_view iso2) const override { return countries_.name(iso2); }
  std::string_view country_code(std::string_view name_or_code) const override { return countries_.code(name_or_code); }

  const domain::Detector& detector() const { return detector_; }

 private:
  Catalogue(std::vector<domain::Carrier> carriers, Countries countries, Airlines airlines, domain::Detector detector);

  std::vector<domain::Carrier> carriers_;
  Countries countries_;
  Airlines airlines_;
  domain::Detector detector_;
  std::unordered_map<std::string_view, const domain::Carrier*> by_code_;
  std::vector<const domain::Carrier*> by_detector_;  // index in detector_.carriers()
};

}  // namespace parcelwake::carriers
