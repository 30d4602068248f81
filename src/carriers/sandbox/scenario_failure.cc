#include "carriers/sandbox/scenario_failure.h"

#include <map>
#include <string>
#include <string_view>

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;

std::optional<CarrierError> parse_error(std::string_view name) {
  static const std::map<std::string_view, CarrierError> kErrors = {
      {"unknown_number", CarrierError::UnknownNumber},
      {"invalid_number", CarrierError::InvalidNumber},
      {"refused", CarrierError::Refused},
      {"throttled", CarrierError::Throttled},
      {"unreachable", CarrierError::Unreachable},
      {"unreadable", CarrierError::Unreadable},
  };
  const auto found = kErrors.find(name);
  return found == kErrors.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<ports::CarrierFailure> read_scenario_failure(const wire::toml::Table& row) {
  const auto name = row.string("error");
  if (!name) return std::nullopt;
  const auto error = parse_error(*name);
  if (!error) {
    row.refuse("error", "no such error");
    return std::nullopt;
  }
  ports::CarrierFailure failure{*error, std::string(row.required_string("detail")), std::nullopt};
  if (const auto seconds = row.integer("retry_after_s", 0, 100'000'000)) {
    failure.retry_after = std::chrono::seconds{*seconds};
  }
  return failure;
}

}  // namespace parcelwake::carriers
