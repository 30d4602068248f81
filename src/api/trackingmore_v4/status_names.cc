#include "api/trackingmore_v4/status_names.h"

namespace parcelwake::api::trackingmore_v4 {
namespace {

constexpr std::string_view kInfoReceived = "inforeceived";

}  // namespace

std::string_view delivery_status_of(const domain::Tracking& tracking) {
  return tracking.announced() ? kInfoReceived : domain::name_of(tracking.status());
}

std::string_view delivery_status_of(const domain::Reading& reading) {
  return reading.substatus == domain::Substatus::InfoReceived ? kInfoReceived : domain::name_of(reading.status);
}

std::string_view delivery_substatus_of(domain::Substatus substatus) {
  return substatus == domain::Substatus::InfoReceived ? "inforeceived001" : domain::name_of(substatus);
}

std::optional<StatusFilter> parse_delivery_status(std::string_view name) {
  if (name == kInfoReceived) return StatusFilter{.status = domain::Status::NotFound, .announced = true};
  const auto status = domain::parse_status(name);
  if (!status) return std::nullopt;
  StatusFilter filter{.status = *status, .announced = std::nullopt};
  if (*status == domain::Status::NotFound) filter.announced = false;
  return filter;
}

}  // namespace parcelwake::api::trackingmore_v4
