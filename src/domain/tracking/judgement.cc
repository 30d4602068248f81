#include "domain/tracking/judgement.h"

#include <algorithm>
#include <chrono>

namespace parcelwake::domain {
namespace {

bool tells_status(const Checkpoint& c) {
  return c.reading.has_value() && !c.notice;
}

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

}  // namespace

std::optional<Reading> judge(const Leg& origin, const Leg& destination) {
  std::optional<Reading> standing;
  for_each_in_order(origin, destination, [&](const Checkpoint& c) {
    if (!tells_status(c)) return;
    if (standing && standing->status == Status::Delivered && c.reading->status != Status::Delivered &&
        !is_return(*c.reading)) {
      return;
    }
    standing = c.reading;
  });
  if (standing) return standing;
  return destination.reported && destination.reported_at >= origin.reported_at ? destination.reported : origin.reported;
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
  if (received == nullptr && leg == LegKind::Origin && !timeline.empty() && !timeline.checkpoints().front().milestone) {
    received = &timeline.checkpoints().front();
  }
  return found;
}

std::optional<DayCounts> count_days(const Tracking& tracking, WallTime last_asked) {
  const Checkpoint* first = nullptr;
  const Checkpoint* newest = nullptr;
  for_each_in_order(tracking.origin, tracking.destination, [&](const Checkpoint& c) {
    if (c.time.precision == Precision::None) return;
    if (first == nullptr) first = &c;
    newest = &c;
  });
  if (first == nullptr) return std::nullopt;
  const WallTime end = tracking.status() == Status::Delivered ? newest->time.wall : last_asked;
  return DayCounts{.in_transit = days_up(end - first->time.wall),
                   .since_newest = days_up(last_asked - newest->time.wall)};
}

}  // namespace parcelwake::domain
