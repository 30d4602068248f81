#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/tracking/carrier_code.h"

namespace parcelwake::domain {

// Whether `number`, normalised, is one of S10: two letters, nine digits of which the last is the right check digit, two
// letters (of any country, known or not).
bool is_s10_number(std::string_view number);

// Who answers for an S10 number of the Universal Postal Union: the operators of the country in its last two letters.
class PostalOperators {
 public:
  // What is known of one country. `letters` names other operators for numbers that begin with a letter, A-Z.
  struct Country {
    std::string_view iso2;
    CarrierCode post;
    std::vector<std::pair<char, CarrierCode>> letters;
  };

  PostalOperators() = default;
  PostalOperators(const std::vector<Country>& countries, std::string_view service_letters);

  // Indices into carriers(): who most likely answers first. `count` is 0 when the country is unknown.
  struct Answer {
    std::array<std::uint16_t, 2> carriers{};
    std::uint8_t count = 0;
  };
  // By a number's first letter and a country, both upper case.
  Answer find(char first_letter, std::string_view iso2) const;

  // Whether the standard gives that first letter of a number a meaning.
  bool is_service(char first_letter) const;

  const std::vector<CarrierCode>& carriers() const { return carriers_; }

 private:
  static constexpr std::uint16_t kNone = 0xffff;
  struct Entry {
    std::uint16_t post = kNone;
    std::array<std::uint16_t, 26> letters;
  };

  std::uint16_t intern(const CarrierCode& code);

  std::vector<CarrierCode> carriers_;
  std::vector<Entry> entries_;
  std::array<std::uint16_t, 26 * 26> by_country_{};  // an index into entries_, plus 1; 0: unknown
  std::bitset<26> service_letters_;
};

}  // namespace parcelwake::domain
