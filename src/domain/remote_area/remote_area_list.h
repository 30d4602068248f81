#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/tracking/carrier_code.h"

namespace parcelwake::domain {

// Postcodes from one to another, both included, as postcode_key() writes them; both are of one length.
struct PostcodeRange {
  std::string country;  // ISO 3166 alpha-2
  std::string low;
  std::string high;

  bool operator==(const PostcodeRange&) const = default;
};

struct RemoteCity {
  std::string country;  // ISO 3166 alpha-2
  std::string city;     // as city_key() writes it

  auto operator<=>(const RemoteCity&) const = default;
};

// The places that one carrier treats as remote.
struct RemoteAreaList {
  CarrierCode carrier;
  std::string source;     // file or edition, for people
  bool built_in = false;  // came with the program: a newer program may replace it
  Timestamp imported_at{};
  std::int64_t rows = 0;              // told by the source
  std::vector<PostcodeRange> ranges;  // by country, length and low; those of one country and length do not overlap
  std::vector<RemoteCity> cities;     // in order, each once
};

// Makes a list row by row. A row that makes no sense is refused with what is wrong about it, and leaves no trace.
class RemoteAreaListBuilder {
 public:
  // `to` empty: `from` alone. `country` is an alpha-2 code.
  Result<void, std::string> add_postcodes(std::string_view country, std::string_view from, std::string_view to);
  Result<void, std::string> add_city(std::string_view country, std::string_view city);

  // Rows in order, ranges that overlap joined. The builder is used up.
  RemoteAreaList build() &&;

 private:
  RemoteAreaList list_;
};

}  // namespace parcelwake::domain
