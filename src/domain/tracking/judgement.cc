#include "domain/tracking/judgement.h"

#include <algorithm>
#include <chrono>

namespace parcelwake::domain {
namespace {

bool tells_status(const Checkpoint& c) { return c.reading.has_value() && !c.notice; }

bool is_return(const Reading& reading) {
  return reading.substatus == Substatus::Returned || reading.substatus == Substatus::Returning;
}

// Oldest first over both legs; of two at one moment the destination's comes later.
template <class Visit>
void for_each_in_order(const Leg& origin, const Leg& destination, Visit visit) {
  const auto a = origin.timeline.checkpoints();
  const auto b = destination.timeline.checkpoints();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool from_origin = j == b.size() || (i < a.size() && a[i].time.order_key() <= b[j].time.order_key());
    visit(from_origin ? a[i++] : b[j++]);
  }
}

std::int64_t days_up(std::chrono::milliseconds span) {
  const auto days = std::chrono::ceil<std::chrono::days>(span).count();
  return std::max<std::int64_t>(days, 0);
}

struct TimedSpan {
  WallTime first{};
  WallTime newest{};
};

// From the first to the newest checkpoint that has a time; nothing when none has.
std::optional<TimedSpan> timed_span(const Tracking& tracking) {
  std::optional<TimedSpan> span;
  for_each_in_order(tracking.origin, tracking.destination, [&](const Checkpoint& c) {
    if (c.time.precision == Precision::None) return;
    if (!span) span = {.first = c.time.wall, .newest = {}};
    span->newest = c.time.wall;
  });
  return span;
}

}  // namespace

Reading followed_by(const std::optional<Reading>& standing, const Reading& next) {
  const bool delivered = standing && standing->status == Status::Delivered;
  return delivered && next.status != Status::Delivered && !is_return(next) ? *standing : next;
}

std::optional<Reading> judge(const Leg& origin, const Leg& destination) {
  std::optional<Reading> standing;
  for_each_in_order(origin, destination, [&](const Checkpoint& c) {
    if (tells_status(c)) standing = followed_by(standing, *c.reading);
  });
  if (standing) return standing;
  const bool destination_later = destination.reported_at >= origin.reported_at;
  for (const Leg* leg : {destination_later ? &origin : &destination, destination_later ? &destination : &origin}) {
    if (leg->reported) standing = followed_by(standing, *leg->reported);
  }
  return standing;
}

const Checkpoint* newest_checkpoint(const Leg& origin, const Leg& destination) {
  if (destination.timeline.empty()) return origin.timeline.empty() ? nullptr : &origin.timeline.newest();
  if (origin.timeline.empty()) return &destination.timeline.newest();
  const Checkpoint& a = origin.timeline.newest();
  const Checkpoint& b = destination.timeline.newest();
  return a.time.order_key() > b.time.order_key() ? &a : &b;
}

Milestones milestones_of(const Timeline& timeline, LegKind leg) {
  Milestones found{};
  for (const Checkpoint& c : timeline.checkpoints()) {
    if (!c.milestone) continue;
    auto& slot = found[static_cast<std::size_t>(*c.milestone)];
    if (slot == nullptr) slot = &c;
  }
  auto& received = found[static_cast<std::size_t>(Milestone::ItemReceived)];
  if (received == nullptr && leg == LegKind::Origin) {
    const auto all = timeline.checkpoints();
    const auto first =
        std::find_if(all.begin(), all.end(), [](const Checkpoint& c) { return c.time.precision != Precision::None; });
    if (first != all.end()) received = &*first;
  }
  return found;
}

std::optional<DayCounts> count_days(const Tracking& tracking, WallTime last_asked) {
  const auto span = timed_span(tracking);
  if (!span) return std::nullopt;
  const WallTime end = tracking.status() == Status::Delivered ? span->newest : last_asked;
  return DayCounts{.in_transit = days_up(end - span->first), .since_newest = days_up(last_asked - span->newest)};
}

WallTime day_counts_hold_until(const Tracking& tracking, WallTime last_asked) {
  const auto span = timed_span(tracking);
  if (!span) return WallTime::max();
  const auto end_of_day = [last_asked](WallTime from) { return from + std::chrono::days{days_up(last_asked - from)}; };
  const WallTime newest = end_of_day(span->newest);
  return tracking.status() == Status::Delivered ? newest : std::min(newest, end_of_day(span->first));
}

std::optional<std::int64_t> days_travelled(const Tracking& tracking) {
  const auto span = timed_span(tracking);
  return span ? std::optional(days_up(span->newest - span->first)) : std::nullopt;
}

}  // namespace parcelwake::domain
