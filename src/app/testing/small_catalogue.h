#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "ports/carrier_catalogue.h"

namespace parcelwake::app::testing {

inline domain::CarrierCode carrier(std::string code) { return domain::CarrierCode::trusted(std::move(code)); }

// Four carriers, two airlines, three countries, and for each number the candidates that a test has put in.
class SmallCatalogue final : public ports::CarrierCatalogue {
 public:
  std::map<std::string, std::vector<ports::Candidate>, std::less<>> candidates;
  mutable ports::DetectHints last_hints;

  const domain::Carrier* find(const domain::CarrierCode& code) const override {
    const auto found =
        std::find_if(carriers_.begin(), carriers_.end(), [&](const domain::Carrier& c) { return c.code == code; });
    return found == carriers_.end() ? nullptr : &*found;
  }
  std::span<const domain::Carrier> all() const override { return carriers_; }
  std::vector<ports::Candidate> detect(std::string_view number, const ports::DetectHints& hints) const override {
    last_hints = hints;
    const auto found = candidates.find(number);
    return found == candidates.end() ? std::vector<ports::Candidate>{} : found->second;
  }
  std::optional<domain::CarrierCode> destination_post(std::string_view number,
                                                      std::string_view country) const override {
    const bool is_s10 = number.size() == 13 && ascii::is_letter(number.front()) && ascii::is_letter(number.back());
    if (!is_s10) return std::nullopt;
    if (country == "US") return carrier("usps");
    if (country == "DE") return carrier("deutsche-post");
    return std::nullopt;
  }
  const domain::Airline* airline(std::string_view prefix) const override {
    const auto found = std::find_if(airlines_.begin(), airlines_.end(),
                                    [&](const domain::Airline& airline) { return airline.prefix == prefix; });
    return found == airlines_.end() ? nullptr : &*found;
  }
  std::string_view country_name(std::string_view iso2) const override {
    for (const auto& [code, name] : kCountries) {
      if (code == iso2) return name;
    }
    return {};
  }
  std::string_view country_code(std::string_view name_or_code) const override {
    for (const auto& [code, name] : kCountries) {
      if (ascii::equals_ignoring_case(code, name_or_code) || ascii::equals_ignoring_case(name, name_or_code)) {
        return code;
      }
    }
    return {};
  }

 private:
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kCountries = {
      {{"DE", "Germany"}, {"PH", "Philippines"}, {"US", "United States"}}};

  static domain::Carrier make(std::string code, std::string name, std::string country, domain::CarrierKind kind,
                              std::string phone) {
    return {.code = carrier(code),
            .name = std::move(name),
            .name_chinese = code == "dhl" ? "敦豪" : "",
            .country = std::move(country),
            .kind = kind,
            .phone = std::move(phone),
            .homepage = "https://" + code + ".example/",
            .tracking_url = "https://" + code + ".example/{number}"};
  }

  std::vector<domain::Airline> airlines_ = {
      {.prefix = "172",
       .name = "Cargolux",
       .iata = "CV",
       .icao = "CLX",
       .homepage = "https://cargolux.example/",
       .tracking_page = "https://cargolux.example/track"},
      {.prefix = "020", .name = "Lufthansa Cargo", .iata = "LH", .icao = "GEC", .homepage = "", .tracking_page = ""},
  };
  std::vector<domain::Carrier> carriers_ = {
      make("deutsche-post", "Deutsche Post", "DE", domain::CarrierKind::Post, "+49 228 0000"),
      make("dhl", "DHL", "DE", domain::CarrierKind::Express, "+49 800 0000"),
      make("phlpost", "PHLPost", "PH", domain::CarrierKind::Post, ""),
      make("usps", "USPS", "US", domain::CarrierKind::Post, "1-800-275-8777"),
  };
};

}  // namespace parcelwake::app::testing
