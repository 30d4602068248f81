#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace parcelwake::carriers {

// The countries of ISO 3166, with withdrawn codes that carriers still use, and their English names.
class Countries {
 public:
  // Reads data/countries.tsv. Fails with file, line and reason.
  static Result<Countries, std::string> parse(std::string_view text, std::string_view file);

  // "DE" -> "Germany"; empty when unknown. Views live as long as the object does.
  std::string_view name(std::string_view iso2) const;

  // The alpha-2 code of an alpha-2 or alpha-3 code or an English name, in any case; empty when unknown.
  std::string_view code(std::string_view name_or_code) const;

 private:
  static constexpr std::size_t kLetters = 26;
  static std::size_t place_of(std::string_view iso2);  // of a code of two capitals in names_

  std::array<std::string, kLetters * kLetters> names_;        // empty where there is no such country
  std::unordered_map<std::string, std::string> code_by_key_;  // keys in lower case
};

}  // namespace parcelwake::carriers
