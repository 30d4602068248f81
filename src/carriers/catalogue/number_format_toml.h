#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/number/number_format.h"
#include "domain/number/postal_operators.h"

namespace parcelwake::carriers {

// A number that a format's source publishes: one it must fit, check digit included, or one it must not.
struct SampleNumber {
  std::string format;  // its id
  std::string number;
  bool is_valid = false;
};

struct NumberFormatFile {
  std::vector<domain::NumberFormat> formats;
  std::vector<SampleNumber> samples;
};

// Reads one of data/number_formats/*.toml. Fails with all that is wrong, one line each: file, line, column, reason.
Result<NumberFormatFile, std::string> parse_number_formats(std::string_view text, std::string file);

// Reads data/s10.toml; fails likewise.
Result<domain::PostalOperators, std::string> parse_postal_operators(std::string_view text, std::string file);

}  // namespace parcelwake::carriers
