#include "domain/tracking/absorb_report.h"

#include "domain/tracking/judgement.h"

namespace parcelwake::domain {
namespace {

bool take_over(std::string& known, const std::string& told) {
  if (told.empty() || told == known) return false;
  known = told;
  return true;
}

bool take_over(ShipmentFacts& known, const ShipmentFacts& told) {
  bool changed = take_over(known.origin_country, told.origin_country);
  changed |= take_over(known.destination_country, told.destination_country);
  changed |= take_over(known.signed_by, told.signed_by);
  changed |= take_over(known.service, told.service);
  changed |= take_over(known.weight, told.weight);
  changed |= take_over(known.reference, told.reference);
  changed |= take_over(known.estimated_delivery, told.estimated_delivery);
  return changed;
}

bool name_last_mile(Leg& destination, const CarrierReport& report) {
  if (report.last_mile_carrier.empty()) return false;
  const bool same = destination.carrier == report.last_mile_carrier && destination.number == report.last_mile_number;
  if (same) return false;
  destination.carrier = report.last_mile_carrier;
  destination.number = report.last_mile_number;
  return true;
}

bool take_reading(Tracking& tracking, const std::optional<Reading>& reading) {
  if (!reading) return false;
  const bool same = tracking.computed_status == reading->status && tracking.computed_substatus == reading->substatus;
  tracking.computed_status = reading->status;
  tracking.computed_substatus = reading->substatus;
  return !same;
}

}  // namespace

bool absorb_report(Tracking& tracking, LegKind leg_kind, const CarrierReport& report, Timestamp now) {
  Leg& leg = leg_kind == LegKind::Origin ? tracking.origin : tracking.destination;
  const Leg before = leg;
  leg.timeline.merge(report.checkpoints);
  if (report.reading && now >= leg.reported_at) {
    leg.reported = report.reading;
    leg.reported_at = now;
  }
  bool changed = !(leg.timeline == before.timeline) || leg.reported != before.reported;
  changed |= take_over(tracking.facts, report.facts);
  if (leg_kind == LegKind::Origin) changed |= name_last_mile(tracking.destination, report);
  changed |= take_reading(tracking, judge(tracking.origin, tracking.destination));
  if (changed) tracking.updated_at = now;
  return changed;
}

bool note_unknown_number(Tracking& tracking, Timestamp now) {
  if (!tracking.origin.timeline.empty() || !tracking.destination.timeline.empty()) return false;
  if (tracking.computed_status == Status::Expired) return false;
  const bool changed = take_reading(tracking, Reading{Status::NotFound, Substatus::NoInformation});
  if (changed) tracking.updated_at = now;
  return changed;
}

bool set_manual_status(Tracking& tracking, std::optional<Status> status, Timestamp now) {
  if (tracking.manual_status == status) return false;
  tracking.manual_status = status;
  tracking.updated_at = now;
  return true;
}

bool expire(Tracking& tracking, Timestamp now) {
  if (tracking.computed_status == Status::Delivered || tracking.computed_status == Status::Expired) return false;
  tracking.computed_status = Status::Expired;
  tracking.computed_substatus = Substatus::Aged;
  tracking.updated_at = now;
  return true;
}

}  // namespace parcelwake::domain
