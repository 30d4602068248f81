#include "domain/remote_area/place.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/unicode.h"

namespace parcelwake::domain {
namespace {

bool has_british_postcodes(std::string_view country) {
  return country == "GB" || country == "GG" || country == "JE" || country == "IM";
}

bool is_inward(std::string_view code) {
  return code.size() == 3 && ascii::is_digit(code[0]) && ascii::is_letter(code[1]) && ascii::is_letter(code[2]);
}

// "B1", "PA7", "PA75", "EC1A".
bool is_outward(std::string_view code) {
  const std::size_t letters = code.size() > 1 && ascii::is_letter(code[1]) ? 2 : 1;
  return code.size() > letters && code.size() <= letters + 2 && ascii::is_letter(code[0]) &&
         ascii::is_digit(code[letters]);
}

// How many letters and digits stand in front of the first gap; 0 without a gap.
std::size_t before_gap(std::string_view text) {
  text = ascii::trimmed(text);
  const std::size_t gap = std::min(text.find_first_of(" -"), text.size());
  return gap == text.size() ? 0 : folded_name(text.substr(0, gap)).size();
}

std::size_t outward_size(std::string_view code, std::string_view text) {
  if (code.size() >= 5 && is_inward(code.substr(code.size() - 3))) return code.size() - 3;
  if (const std::size_t size = before_gap(text); size > 0 && size < code.size()) return size;
  return is_outward(code) ? code.size() : code.size() - 1;
}

std::string british_key(const std::string& code, std::string_view text) {
  const std::size_t size = outward_size(code, text);
  std::string outward = code.substr(0, size);
  // FedEx fills districts of three characters up: "HS1X".
  if (outward.size() == 4 && ascii::is_digit(outward[2]) && outward[3] == 'X') outward.pop_back();
  return outward + ' ' + code.substr(size);
}

}  // namespace

std::string postcode_key(std::string_view country, std::string_view postcode) {
  std::string code = folded_name(postcode);
  const bool plain = std::all_of(code.begin(), code.end(), ascii::is_alphanumeric);
  if (!plain || std::none_of(code.begin(), code.end(), ascii::is_digit)) return {};
  if (has_british_postcodes(country)) return british_key(code, postcode);
  if (code.size() > country.size() && code.starts_with(country) && ascii::is_digit(code[country.size()])) {
    code.erase(0, country.size());
  }
  return code;
}

std::string city_key(std::string_view city) { return folded_name(city); }

}  // namespace parcelwake::domain
