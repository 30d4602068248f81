#include "carriers/catalogue/catalogue.h"

#include "carriers/catalogue/carrier_table.h"
#include "carriers/catalogue/number_format_toml.h"
#include "domain/number/normalised_number.h"
#include "domain/number/ranking.h"

namespace parcelwake::carriers {

namespace {

Result<domain::Detector, std::string> parse_detector(const CatalogueTexts& texts) {
  auto operators = parse_postal_operators(texts.operators, "s10.toml");
  if (!operators) return fail(operators.error());
  std::vector<domain::NumberFormat> formats;
  for (const auto& [file, text] : texts.formats) {
    auto read = parse_number_formats(text, std::string(file));
    if (!read) return fail(read.error());
    for (domain::NumberFormat& format : read->formats) formats.push_back(std::move(format));
  }
  return domain::Detector::build(std::move(formats), std::move(operators).value());
}

}  // namespace

Catalogue::Catalogue(std::vector<domain::Carrier> carriers, Countries countries, Airlines airlines,
                     domain::Detector detector)
    : carriers_(std::move(carriers)),
      countries_(std::move(countries)),
      airlines_(std::move(airlines)),
      detector_(std::move(detector)) {
  by_code_.reserve(carriers_.size());
  for (const domain::Carrier& carrier : carriers_) by_code_.emplace(carrier.code.text(), &carrier);
  for (const domain::CarrierCode& code : detector_.carriers()) by_detector_.push_back(find(code));
}

Result<std::unique_ptr<Catalogue>, std::string> Catalogue::parse(const CatalogueTexts& texts) {
  auto carriers = parse_carriers(texts.carriers, "carriers.tsv");
  if (!carriers) return fail(carriers.error());
  auto countries = Countries::parse(texts.countries, "countries.tsv");
  if (!countries) return fail(countries.error());
  auto airlines = Airlines::parse(texts.airlines, "airlines.tsv");
  if (!airlines) return fail(airlines.error());
  auto detector = parse_detector(texts);
  if (!detector) return fail(detector.error());
  std::unique_ptr<Catalogue> catalogue(new Catalogue(std::move(carriers).value(), std::move(countries).value(),
                                                     std::move(airlines).value(), std::move(detector).value()));
  for (const domain::CarrierCode& code : catalogue->detector_.carriers()) {
    if (!catalogue->find(code)) return fail("'" + code.text() + "' has number formats but is not in carriers.tsv");
  }
  return catalogue;
}

const domain::Carrier* Catalogue::find(const domain::CarrierCode& code) const {
  const auto found = by_code_.find(code.text());
  return found == by_code_.end() ? nullptr : found->second;
}

std::vector<ports::Candidate> Catalogue::detect(std::string_view number, const ports::DetectHints& hints) const {
  thread_local std::vector<domain::Fit> fits;
  detector_.find(number, fits);
  domain::rank(fits, {hints.origin, hints.destination});
  std::vector<ports::Candidate> candidates;
  candidates.reserve(fits.size());
  for (const domain::Fit& fit : fits) {
    const domain::Carrier& carrier = *by_detector_[fit.carrier];
    candidates.push_back({.carrier = carrier.code,
                          .carrier_name = carrier.name,
                          .format = fit.format->name,
                          .checksum = fit.checksum,
                          .score = fit.score});
  }
  return candidates;
}

std::optional<domain::CarrierCode> Catalogue::destination_post(std::string_view number,
                                                               std::string_view country) const {
  const auto normalised = domain::NormalisedNumber::from(number);
  if (!normalised || !domain::is_s10_number(normalised->text())) return std::nullopt;
  const domain::PostalOperators& operators = detector_.operators();
  const auto answer = operators.find(normalised->text().front(), country);
  if (answer.count == 0) return std::nullopt;
  return operators.carriers()[answer.carriers[0]];
}

}  // namespace parcelwake::carriers
