#include "app/moving/told_tracking.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/trackings/register_trackings.h"
#include "domain/policy/asking.h"

namespace parcelwake::app {
namespace {

using domain::Reading;
using domain::Status;
using domain::Tracking;
using std::chrono::days;

ImportFault fault_of(RegisterError error) {
  switch (error) {
    case RegisterError::NumberMissing:
      return ImportFault::NumberMissing;
    case RegisterError::NumberMalformed:
      return ImportFault::NumberMalformed;
    case RegisterError::CarrierUndetected:
      return ImportFault::CarrierUndetected;
    case RegisterError::CarrierUnknown:
    case RegisterError::AlreadyTracked:
    case RegisterError::BalanceTooLow:
      break;
  }
  return ImportFault::CarrierUnknown;
}

void compute(Tracking& tracking, const Reading& reading) {
  tracking.computed_status = reading.status;
  tracking.computed_substatus = reading.substatus;
}

bool settable_by_hand(Status status) { return status == Status::Delivered || status == Status::Exception; }

void stand_as_told(Tracking& tracking, const std::optional<Reading>& standing) {
  const auto judged = domain::judge(tracking.origin, tracking.destination);
  compute(tracking, judged.value_or(Reading{}));
  if (!standing) return;
  if (judged && judged->status == standing->status) {
    if (standing->substatus) tracking.computed_substatus = standing->substatus;
    return;
  }
  if (settable_by_hand(standing->status) && !standing->substatus) {
    tracking.manual_status = standing->status;
    return;
  }
  compute(tracking, *standing);
  const bool is_news = standing->status != Status::Pending && standing->status != Status::NotFound &&
                       standing->status != Status::Expired;
  if (judged || !is_news) return;
  tracking.origin.reported = standing;
  tracking.origin.reported_at = tracking.updated_at;
}

// The last moment of asking that gives the day counts of the former keeper.
Timestamp last_asked(const Tracking& tracking, const std::optional<domain::DayCounts>& told, UtcOffset zone) {
  const auto at_zero = domain::count_days(tracking, WallTime{});
  if (!told || !at_zero) return tracking.updated_at;
  std::optional<WallTime> first;
  std::optional<WallTime> newest;
  for (const domain::Leg* leg : {&tracking.origin, &tracking.destination}) {
    for (const domain::Checkpoint& event : leg->timeline.checkpoints()) {
      if (event.time.precision == domain::Precision::None) continue;
      first = std::min(first.value_or(event.time.wall), event.time.wall);
      newest = std::max(newest.value_or(event.time.wall), event.time.wall);
    }
  }
  if (!newest) return tracking.updated_at;
  const bool delivered = tracking.status() == Status::Delivered;
  const auto within = [](WallTime from, std::int64_t count) {
    return std::pair(from + days{count - 1}, from + days{count});
  };
  auto [after, until] = within(*newest, told->since_newest);
  if (!delivered) {
    const auto [first_after, first_until] = within(*first, told->in_transit);
    after = std::max(after, first_after);
    until = std::min(until, first_until);
  }
  if (after >= until) return tracking.updated_at;
  const WallTime updated = to_wall(tracking.updated_at, zone);
  return to_instant(std::clamp(updated, after + std::chrono::milliseconds{1}, until), zone);
}

}  // namespace

std::string_view describe(ImportFault fault) {
  switch (fault) {
    case ImportFault::NumberMissing:
      return "it has no tracking number";
    case ImportFault::NumberMalformed:
      return "the tracking number is not 5 to 64 of 0-9, A-Z, a-z, '_' and '-'";
    case ImportFault::CarrierUnknown:
      return "the carrier is not in the catalogue";
    case ImportFault::CarrierUndetected:
      return "no carrier is named, and the number does not tell it";
  }
  return "";
}

Result<ImportCommand, ImportFault> accept(ToldTracking told, const ImportContext& context) {
  auto accepted = accept({.account = context.account,
                          .number = told.number,
                          .carrier = told.carrier,
                          .details = std::move(told.tracking.details)},
                         CarrierChoice::DetectedWhenMissing, context.catalogue);
  if (!accepted) return fail(fault_of(accepted.error()));
  ImportCommand command{.tracking = std::move(told.tracking), .former_id = std::move(told.id)};
  Tracking& tracking = command.tracking;
  tracking.account = context.account;
  tracking.number = std::move(accepted->number);
  tracking.carrier = std::move(accepted->carrier);
  tracking.details = std::move(accepted->details);
  tracking.origin.carrier = tracking.carrier;
  tracking.origin.timeline.merge(told.origin_events);
  tracking.destination.timeline.merge(told.destination_events);
  if (told.stands_as_it_is) return command;
  stand_as_told(tracking, told.standing);
  if (!told.asked.value_or(true) || domain::journey_ended(tracking)) {
    tracking.asking_ended = last_asked(tracking, told.days, context.time_zone);
  }
  return command;
}

}  // namespace parcelwake::app
