#include "app/remote_areas/read_remote_areas.h"

#include <map>
#include <utility>

#include "base/ascii.h"

namespace parcelwake::app {
namespace {

using domain::CarrierCode;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

class Table {
 public:
  Table(const std::optional<CarrierCode>& carrier, const ports::CarrierCatalogue& catalogue)
      : carrier_(carrier), catalogue_(catalogue) {}

  Result<void, std::string> add(const RemoteAreaRow& row) {
    const auto carrier = carrier_of(row);
    if (!carrier) return fail(carrier.error());
    const std::string_view country = catalogue_.country_code(row.country);
    if (country.empty()) return fail(quoted(row.country) + " is no country");
    const bool has_postcode = !row.postcode_from.empty() || !row.postcode_to.empty();
    const bool has_city = !ascii::trimmed(row.city).empty();
    if (has_postcode == has_city) {
      return fail(std::string(has_city ? "both a postcode and a city" : "neither a postcode nor a city"));
    }
    auto& builder = builders_[*carrier];
    return has_city ? builder.add_city(country, row.city)
                    : builder.add_postcodes(country, row.postcode_from, row.postcode_to);
  }

  std::vector<domain::RemoteAreaList> build() && {
    std::vector<domain::RemoteAreaList> lists;
    for (auto& [carrier, builder] : builders_) {
      lists.push_back(std::move(builder).build());
      lists.back().carrier = carrier;
    }
    return lists;
  }

 private:
  Result<CarrierCode, std::string> carrier_of(const RemoteAreaRow& row) const {
    const std::string_view text = ascii::trimmed(row.carrier);
    if (text.empty()) {
      if (carrier_) return *carrier_;
      return fail(std::string("no carrier"));
    }
    const auto code = CarrierCode::parse(text);
    if (!code || catalogue_.find(*code) == nullptr) return fail(quoted(text) + " is no carrier");
    if (carrier_ && *code != *carrier_)
      return fail("the carrier is " + quoted(text) + ", not " + quoted(carrier_->text()));
    return *code;
  }

  const std::optional<CarrierCode>& carrier_;
  const ports::CarrierCatalogue& catalogue_;
  std::map<CarrierCode, domain::RemoteAreaListBuilder> builders_;
};

}  // namespace

Result<std::vector<domain::RemoteAreaList>, std::vector<RowFault>> read_remote_areas(
    std::span<const RemoteAreaRow> rows, const std::optional<CarrierCode>& carrier,
    const ports::CarrierCatalogue& catalogue) {
  Table table(carrier, catalogue);
  std::vector<RowFault> faults;
  for (const RemoteAreaRow& row : rows) {
    if (auto added = table.add(row); !added) faults.push_back({.line = row.line, .reason = added.error()});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return std::move(table).build();
}

}  // namespace parcelwake::app
