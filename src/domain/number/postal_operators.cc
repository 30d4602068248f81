#include "domain/number/postal_operators.h"

#include <algorithm>

#include "base/ascii.h"
#include "domain/number/check_digit.h"

namespace parcelwake::domain {

namespace {

std::size_t letter(char c) { return static_cast<std::size_t>(c - 'A'); }

bool is_country(std::string_view iso2) {
  return iso2.size() == 2 && ascii::is_upper(iso2[0]) && ascii::is_upper(iso2[1]);
}

std::size_t slot(std::string_view iso2) { return letter(iso2[0]) * 26 + letter(iso2[1]); }

}  // namespace

PostalOperators::PostalOperators(const std::vector<Country>& countries, std::string_view service_letters) {
  for (const Country& country : countries) {
    if (!is_country(country.iso2)) continue;
    Entry entry;
    entry.post = intern(country.post);
    entry.letters.fill(kNone);
    for (const auto& [first, code] : country.letters) {
      if (ascii::is_upper(first)) entry.letters[letter(first)] = intern(code);
    }
    entries_.push_back(entry);
    by_country_[slot(country.iso2)] = static_cast<std::uint16_t>(entries_.size());
  }
  for (const char c : service_letters) {
    if (ascii::is_upper(c)) service_letters_.set(letter(c));
  }
}

std::uint16_t PostalOperators::intern(const CarrierCode& code) {
  const auto found = std::find(carriers_.begin(), carriers_.end(), code);
  if (found != carriers_.end()) return static_cast<std::uint16_t>(found - carriers_.begin());
  carriers_.push_back(code);
  return static_cast<std::uint16_t>(carriers_.size() - 1);
}

PostalOperators::Answer PostalOperators::find(char first_letter, std::string_view iso2) const {
  Answer answer;
  if (!is_country(iso2) || !ascii::is_upper(first_letter)) return answer;
  const std::uint16_t index = by_country_[slot(iso2)];
  if (index == 0) return answer;
  const Entry& entry = entries_[index - 1];
  const std::uint16_t special = entry.letters[letter(first_letter)];
  if (special != kNone) answer.carriers[answer.count++] = special;
  if (special != entry.post) answer.carriers[answer.count++] = entry.post;
  return answer;
}

bool PostalOperators::is_service(char first_letter) const {
  return ascii::is_upper(first_letter) && service_letters_.test(letter(first_letter));
}

bool is_s10_number(std::string_view number) {
  if (number.size() != 13) return false;
  const auto upper = [](std::string_view part) { return std::all_of(part.begin(), part.end(), ascii::is_upper); };
  if (!upper(number.substr(0, 2)) || !upper(number.substr(11))) return false;
  CheckDigit check;
  check.rule = CheckRule::S10;
  return check_character(check, number.substr(2, 8)) == number[10];
}

}  // namespace parcelwake::domain
