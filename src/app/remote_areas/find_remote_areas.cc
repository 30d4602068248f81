#include "app/remote_areas/find_remote_areas.h"

#include <utility>

#include "base/unicode.h"
#include "domain/remote_area/place.h"

namespace parcelwake::app {
namespace {

// "DHL", "Fed Ex" and "fedex" are a carrier's code or name as people write it.
bool is_meant(std::string_view company, const domain::CarrierCode& carrier, const ports::CarrierCatalogue& catalogue) {
  const std::string meant = folded_name(company);
  if (meant == folded_name(carrier.text())) return true;
  const domain::Carrier* known = catalogue.find(carrier);
  return known != nullptr && meant == folded_name(known->name);
}

}  // namespace

Result<std::vector<PlaceAnswer>, ports::StoreError> find_remote_areas(std::span<const PlaceQuestion> questions,
                                                                      const ports::CarrierCatalogue& catalogue,
                                                                      ports::RemoteAreaReader& areas) {
  std::vector<ports::PlaceKeys> places;
  places.reserve(questions.size());
  for (const PlaceQuestion& question : questions) {
    const std::string_view country = catalogue.country_code(question.country);
    places.push_back({.country = std::string(country),
                      .postcode = domain::postcode_key(country, question.postcode_or_city),
                      .city = domain::city_key(question.postcode_or_city)});
  }
  auto found = areas.remote_carriers(places);
  if (!found) return fail(found.error());
  std::vector<PlaceAnswer> answers;
  answers.reserve(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto& carriers = (*found)[i];
    if (!questions[i].company.empty()) {
      std::erase_if(carriers, [&](const auto& carrier) { return !is_meant(questions[i].company, carrier, catalogue); });
    }
    answers.push_back({.country = std::move(places[i].country), .carriers = std::move(carriers)});
  }
  return answers;
}

}  // namespace parcelwake::app
