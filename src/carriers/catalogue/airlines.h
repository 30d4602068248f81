#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/waybill/airline.h"

namespace parcelwake::carriers {

// Airlines by the three digits that their air waybills begin with.
class Airlines {
 public:
  // Reads data/airlines.tsv. Fails with file, line and reason.
  static Result<Airlines, std::string> parse(std::string_view text, std::string_view file);

  // nullptr for anything but a prefix that is listed. What it points at lives as long as the object does.
  const domain::Airline* find(std::string_view prefix) const;

  std::size_t size() const { return size_; }

 private:
  std::vector<std::optional<domain::Airline>> by_prefix_;  // a place for each of 000 to 999
  std::size_t size_ = 0;
};

}  // namespace parcelwake::carriers
