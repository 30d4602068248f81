#include "domain/policy/asking.h"

#include <algorithm>
#include <chrono>

#include "domain/tracking/judgement.h"

namespace parcelwake::domain {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

Timestamp last_heard(const Tracking& tracking) {
  const Timestamp taken_up = std::max(tracking.added_at(), tracking.retracked_at.value_or(tracking.added_at()));
  const Checkpoint* newest = newest_checkpoint(tracking.origin, tracking.destination);
  return newest == nullptr ? taken_up : std::max(taken_up, newest->time.order_key());
}

milliseconds spread(milliseconds interval, std::uint32_t dice) {
  // 0.9 to 1.1 of the interval.
  const double factor = 0.9 + 0.2 * (static_cast<double>(dice) / 4294967296.0);
  return milliseconds{static_cast<std::int64_t>(static_cast<double>(interval.count()) * factor)};
}

milliseconds unspread_interval(const Tracking& tracking, CarrierKind kind, Timestamp now) {
  const milliseconds base = kind == CarrierKind::Express ? hours{3} : hours{6};
  if (tracking.computed_substatus == Substatus::OutForDelivery) return hours{1};
  const auto silence = now - last_heard(tracking);
  if (silence < days{7}) return base;
  if (silence < days{21}) return 2 * base;
  return 4 * base;
}

}  // namespace

milliseconds ask_interval(const Tracking& tracking, CarrierKind kind, Timestamp now, std::uint32_t dice) {
  return spread(unspread_interval(tracking, kind, now), dice);
}

milliseconds retry_interval(const Tracking& tracking, CarrierKind kind, Timestamp now, unsigned failures,
                            std::uint32_t dice) {
  const milliseconds backoff = minutes{2} * (1 << std::min(failures - 1, 10U));
  return spread(std::min<milliseconds>(backoff, unspread_interval(tracking, kind, now)), dice);
}

Timestamp expires_at(const Tracking& tracking, CarrierKind kind) {
  return last_heard(tracking) + (kind == CarrierKind::Express ? days{30} : days{60});
}

bool journey_ended(const Tracking& tracking) {
  return tracking.computed_status == Status::Delivered || tracking.computed_status == Status::Expired ||
         tracking.computed_substatus == Substatus::Returned;
}

bool asking_stopped(const Tracking& tracking) { return tracking.asking_ended && !journey_ended(tracking); }

}  // namespace parcelwake::domain
