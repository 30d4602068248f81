#include "carriers/catalogue/airlines.h"

#include <algorithm>

#include "base/ascii.h"
#include "wire/tsv/rows.h"

namespace parcelwake::carriers {

namespace {

constexpr std::size_t kPrefixes = 1000;

enum Column : std::size_t { Prefix, Name, Iata, Icao, Homepage, TrackingPage, kColumns };

// Nothing for anything but three digits.
std::optional<std::size_t> place_of(std::string_view prefix) {
  if (prefix.size() != 3 || !std::all_of(prefix.begin(), prefix.end(), ascii::is_digit)) return std::nullopt;
  std::size_t place = 0;
  for (const char digit : prefix) place = place * 10 + static_cast<std::size_t>(digit - '0');
  return place;
}

domain::Airline airline_of(const std::vector<std::string_view>& cells) {
  return {.prefix = std::string(cells[Prefix]),
          .name = std::string(cells[Name]),
          .iata = std::string(cells[Iata]),
          .icao = std::string(cells[Icao]),
          .homepage = std::string(cells[Homepage]),
          .tracking_page = std::string(cells[TrackingPage])};
}

}  // namespace

Result<Airlines, std::string> Airlines::parse(std::string_view text, std::string_view file) {
  auto rows = wire::tsv::read(text, kColumns, file);
  if (!rows) return fail(std::move(rows).error());
  Airlines airlines;
  airlines.by_prefix_.resize(kPrefixes);
  airlines.size_ = rows->size();
  for (const auto& [line, cells] : rows.value()) {
    const std::string at = std::string(file) + ":" + std::to_string(line) + ": ";
    const auto place = place_of(cells[Prefix]);
    if (!place || cells[Name].empty()) return fail(at + "not an airline");
    auto& airline = airlines.by_prefix_[*place];
    if (airline) return fail(at + "'" + airline->prefix + "' is listed twice");
    airline = airline_of(cells);
  }
  return airlines;
}

const domain::Airline* Airlines::find(std::string_view prefix) const {
  const auto place = place_of(prefix);
  if (!place || by_prefix_.empty() || !by_prefix_[*place]) return nullptr;
  return &*by_prefix_[*place];
}

}  // namespace parcelwake::carriers
