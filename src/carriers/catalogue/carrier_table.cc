#include "carriers/catalogue/carrier_table.h"

#include <algorithm>

#include "wire/tsv/rows.h"

namespace parcelwake::carriers {

namespace {

enum Column : std::size_t { Code, Name, NameChinese, Country, Type, Phone, Homepage, TrackingUrl, kColumns };

std::string at(std::string_view file, int line, std::string_view reason) {
  return std::string(file) + ":" + std::to_string(line) + ": " + std::string(reason);
}

std::string_view refusal(const std::vector<std::string_view>& cells) {
  const auto code = domain::CarrierCode::parse(cells[Code]);
  if (!code || code->text() != cells[Code]) return "not a carrier code";
  if (cells[Name].empty()) return "no name";
  if (cells[Type] != "express" && cells[Type] != "post") return "the type is neither express nor post";
  if (!cells[Country].empty() && cells[Country].size() != 2) return "not a country code";
  return {};
}

domain::Carrier carrier_of(const std::vector<std::string_view>& cells) {
  return {.code = domain::CarrierCode::trusted(std::string(cells[Code])),
          .name = std::string(cells[Name]),
          .name_chinese = std::string(cells[NameChinese]),
          .country = std::string(cells[Country]),
          .kind = cells[Type] == "post" ? domain::CarrierKind::Post : domain::CarrierKind::Express,
          .phone = std::string(cells[Phone]),
          .homepage = std::string(cells[Homepage]),
          .tracking_url = std::string(cells[TrackingUrl])};
}

}  // namespace

Result<std::vector<domain::Carrier>, std::string> parse_carriers(std::string_view text, std::string_view file) {
  auto rows = wire::tsv::read(text, kColumns, file);
  if (!rows) return fail(std::move(rows).error());
  std::vector<domain::Carrier> carriers;
  carriers.reserve(rows->size());
  for (const wire::tsv::Row& row : rows.value()) {
    if (const auto reason = refusal(row.cells); !reason.empty()) return fail(at(file, row.line, reason));
    carriers.push_back(carrier_of(row.cells));
  }
  const auto code = [](const domain::Carrier& a) -> const domain::CarrierCode& { return a.code; };
  std::ranges::sort(carriers, {}, code);
  const auto twice = std::ranges::adjacent_find(carriers, {}, code);
  if (twice != carriers.end()) return fail(std::string(file) + ": '" + twice->code.text() + "' is listed twice");
  return carriers;
}

}  // namespace parcelwake::carriers
