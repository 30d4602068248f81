#include "domain/tracking/absorb_report.h"

#include "domain/tracking/judgement.h"

namespace parcelwake::domain {
namespace {

// Whoever has authority over a fact may correct it, anybody may tell what was not known.
bool take_over(std::string& known, const std::string& told, bool has_authority) {
  if (told.empty() || told == known || !(known.empty() || has_authority)) return false;
  known = told;
  return true;
}

// Of two carriers one has authority over each fact, or every ask would change it to and fro: the one that took the
// parcel over what it is, the one that delivers it over where and when it arrives.
bool take_over_facts(Tracking& tracking, LegKind leg, const ShipmentFacts& told) {
  const bool origin_silent = tracking.origin.timeline.empty();
  const bool destination_silent = tracking.destination.timeline.empty();
  const bool delivers = leg == (destination_silent ? LegKind::Origin : LegKind::Destination);
  const bool took_over = leg == (origin_silent && !destination_silent ? LegKind::Destination : LegKind::Origin);
  ShipmentFacts& known = tracking.facts;
  bool changed = take_over(known.origin_country, told.origin_country, took_over);
  changed |= take_over(known.service, told.service, took_over);
  changed |= take_over(known.weight, told.weight, took_over);
  changed |= take_over(known.reference, told.reference, took_over);
  changed |= take_over(known.destination_country, told.destination_country, delivers);
  changed |= take_over(known.signed_by, told.signed_by, delivers);
  changed |= take_over(known.estimated_delivery, told.estimated_delivery, delivers);
  return changed;
}

bool name_last_mile(Leg& destination, const CarrierReport& report) {
  if (report.last_mile_carrier.empty()) return false;
  const bool same_number = report.last_mile_number.empty() || destination.number == report.last_mile_number;
  if (destination.carrier == report.last_mile_carrier && same_number) return false;
  destination.carrier = report.last_mile_carrier;
  destination.number = report.last_mile_number;
  return true;
}

bool take_own_status(Leg& leg, const std::optional<Reading>& told, Timestamp now) {
  if (!told || now < leg.reported_at) return false;
  const Reading standing = followed_by(leg.reported, *told);
  if (leg.reported == standing) return false;
  leg.reported = standing;
  leg.reported_at = now;
  return true;
}

bool take_timeline(Leg& leg, const std::vector<Checkpoint>& told) {
  const Timeline before = leg.timeline;
  leg.timeline.merge(told);
  return leg.timeline != before;
}

bool take_reading(Tracking& tracking, const std::optional<Reading>& reading) {
  if (!reading) return false;
  const bool same = tracking.computed_status == reading->status && tracking.computed_substatus == reading->substatus;
  tracking.computed_status = reading->status;
  tracking.computed_substatus = reading->substatus;
  return !same;
}

// What would bring an expired parcel back: another judgement, or a sign of life.
struct Standing {
  std::optional<Reading> reading;
  std::optional<Timestamp> newest;

  bool operator==(const Standing&) const = default;
};

Standing standing_of(const Tracking& tracking) {
  Standing standing{.reading = judge(tracking.origin, tracking.destination), .newest = {}};
  if (const Checkpoint* newest = newest_checkpoint(tracking.origin, tracking.destination)) {
    standing.newest = newest->time.order_key();
  }
  return standing;
}

bool is_known(const Leg& leg) { return !leg.timeline.empty() || leg.reported; }

}  // namespace

bool absorb_report(Tracking& tracking, LegKind leg_kind, const CarrierReport& report, Timestamp now) {
  const Standing before = standing_of(tracking);
  Leg& leg = leg_kind == LegKind::Origin ? tracking.origin : tracking.destination;
  bool changed = take_timeline(leg, report.checkpoints);
  changed |= take_own_status(leg, report.reading, now);
  changed |= take_over_facts(tracking, leg_kind, report.facts);
  if (leg_kind == LegKind::Origin) changed |= name_last_mile(tracking.destination, report);
  const Standing after = standing_of(tracking);
  if (tracking.computed_status != Status::Expired || after != before) changed |= take_reading(tracking, after.reading);
  if (changed) mark_changed(tracking, now);
  return changed;
}

bool note_unknown_number(Tracking& tracking, Timestamp now) {
  if (is_known(tracking.origin) || is_known(tracking.destination)) return false;
  if (tracking.computed_status == Status::Expired) return false;
  const bool changed = take_reading(tracking, Reading{Status::NotFound, Substatus::NoInformation});
  if (changed) mark_changed(tracking, now);
  return changed;
}

bool set_manual_status(Tracking& tracking, std::optional<Status> status, Timestamp now) {
  if (tracking.manual_status == status) return false;
  tracking.manual_status = status;
  mark_changed(tracking, now);
  return true;
}

bool retrack(Tracking& tracking, Timestamp now) {
  if (tracking.status() != Status::Expired) return false;
  take_reading(tracking, judge(tracking.origin, tracking.destination).value_or(Reading{}));
  tracking.asking_ended.reset();
  tracking.retracked_at = now;
  mark_changed(tracking, now);
  return true;
}

bool expire(Tracking& tracking, Timestamp now) {
  const bool ended = tracking.computed_status == Status::Delivered || tracking.computed_status == Status::Expired ||
                     tracking.computed_substatus == Substatus::Returned;
  if (ended) return false;
  tracking.computed_status = Status::Expired;
  tracking.computed_substatus = Substatus::Aged;
  mark_changed(tracking, now);
  return true;
}

}  // namespace parcelwake::domain
