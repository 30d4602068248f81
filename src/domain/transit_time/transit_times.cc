#include "domain/transit_time/transit_times.h"

#include <algorithm>

#include "domain/tracking/judgement.h"

namespace parcelwake::domain {
namespace {

const std::string& destination_of(const Tracking& tracking) {
  const std::string& told = tracking.facts.destination_country;
  return told.empty() ? tracking.details.destination_code : told;
}

std::optional<int> days_of(const Tracking& tracking) {
  const auto days = days_travelled(tracking);
  return days ? std::optional(static_cast<int>(std::min<std::int64_t>(*days, kMostTransitDays))) : std::nullopt;
}

}  // namespace

std::optional<TransitSample> transit_sample(const Tracking& tracking) {
  const std::string& destination = destination_of(tracking);
  if (tracking.computed_status == Status::Pending || tracking.facts.origin_country.empty() || destination.empty()) {
    return std::nullopt;
  }
  const bool delivered = tracking.computed_status == Status::Delivered;
  return TransitSample{
      .route = {.carrier = tracking.carrier, .origin = tracking.facts.origin_country, .destination = destination},
      .delivered = delivered,
      .days = delivered ? days_of(tracking) : std::nullopt};
}

double TransitTimes::share(int from, int to) const {
  std::int64_t within = 0;
  std::int64_t all = 0;
  for (const Day& day : by_days) {
    all += day.delivered;
    if (day.days >= from && day.days <= to) within += day.delivered;
  }
  return all == 0 ? 0 : static_cast<double>(within) / static_cast<double>(all);
}

}  // namespace parcelwake::domain
