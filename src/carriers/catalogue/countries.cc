#include "carriers/catalogue/countries.h"

#include <algorithm>

#include "base/ascii.h"
#include "wire/tsv/rows.h"

namespace parcelwake::carriers {

namespace {

enum Column : std::size_t { Iso2, Iso3, Name, OtherNames, kColumns };

bool is_code(std::string_view text, std::size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), ascii::is_upper);
}

}  // namespace

std::size_t Countries::place_of(std::string_view iso2) {
  return static_cast<std::size_t>(iso2[0] - 'A') * kLetters + static_cast<std::size_t>(iso2[1] - 'A');
}

Result<Countries, std::string> Countries::parse(std::string_view text, std::string_view file) {
  auto rows = wire::tsv::read(text, kColumns, file);
  if (!rows) return fail(std::move(rows).error());
  Countries countries;
  for (const auto& [line, cells] : rows.value()) {
    if (!is_code(cells[Iso2], 2) || !(cells[Iso3].empty() || is_code(cells[Iso3], 3)) || cells[Name].empty()) {
      return fail(std::string(file) + ":" + std::to_string(line) + ": not a country");
    }
    const std::string iso2(cells[Iso2]);
    std::string& name = countries.names_[Countries::place_of(iso2)];
    if (!name.empty()) {
      return fail(std::string(file) + ":" + std::to_string(line) + ": '" + iso2 + "' is listed twice");
    }
    name = cells[Name];
    countries.code_by_key_[ascii::to_lower(iso2)] = iso2;
    for (const std::string_view key : {cells[Iso3], cells[Name]}) {
      if (!key.empty()) countries.code_by_key_.emplace(ascii::to_lower(key), iso2);
    }
    for (std::string_view rest = cells[OtherNames]; !rest.empty();) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      countries.code_by_key_.emplace(ascii::to_lower(rest.substr(0, end)), iso2);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return countries;
}

std::string_view Countries::name(std::string_view iso2) const {
  return is_code(iso2, 2) ? std::string_view(names_[place_of(iso2)]) : std::string_view{};
}

std::string_view Countries::code(std::string_view name_or_code) const {
  const auto found = code_by_key_.find(ascii::to_lower(ascii::trimmed(name_or_code)));
  return found == code_by_key_.end() ? std::string_view{} : found->second;
}

}  // namespace parcelwake::carriers
