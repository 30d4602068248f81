#include "carriers/remote_areas/remote_area_table.h"

#include <algorithm>
#include <utility>

#include "wire/tsv/rows.h"

namespace parcelwake::carriers {
namespace {

enum Column : std::size_t { Country, Kind, Places, kColumns };

// Takes what stands before the first `end`, or all, off the front of `rest`.
std::string_view taken(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view first = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return first;
}

Result<void, std::string> add_places(const wire::tsv::Row& row, domain::RemoteAreaListBuilder& builder) {
  const bool are_cities = row.cells[Kind] == "cities";
  if (!are_cities && row.cells[Kind] != "postcodes") return fail("'" + std::string(row.cells[Kind]) + "' is no kind");
  for (std::string_view rest = row.cells[Places]; !rest.empty();) {
    std::string_view place = taken(rest, are_cities ? ';' : ',');
    const std::string_view from = are_cities ? place : taken(place, '-');
    auto added = are_cities ? builder.add_city(row.cells[Country], from)
                            : builder.add_postcodes(row.cells[Country], from, place);
    if (!added) return added;
  }
  return {};
}

}  // namespace

Result<domain::RemoteAreaList, std::string> read_remote_area_table(std::string_view text, std::string_view file) {
  const auto rows = wire::tsv::read(text, kColumns, file);
  if (!rows) return fail(rows.error());
  domain::RemoteAreaListBuilder builder;
  for (const wire::tsv::Row& row : *rows) {
    if (const auto added = add_places(row, builder); !added) {
      return fail(std::string(file) + ":" + std::to_string(row.line) + ": " + added.error());
    }
  }
  domain::RemoteAreaList list = std::move(builder).build();
  list.source = edition_of_remote_area_table(text);
  return list;
}

std::string edition_of_remote_area_table(std::string_view text) {
  std::string_view line = taken(text, '\n');
  taken(line, ':');
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  return std::string(line.substr(begin, line.find(". ") - begin));
}

}  // namespace parcelwake::carriers
