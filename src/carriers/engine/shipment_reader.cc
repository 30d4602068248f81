#include "carriers/engine/shipment_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "carriers/engine/field.h"
#include "carriers/engine/status_reader.h"
#include "carriers/engine/waybill_reader.h"
#include "domain/tracking/judgement.h"

namespace parcelwake::carriers {
namespace {

using domain::Checkpoint;
using domain::Milestone;
using domain::Reading;
using domain::Status;
using domain::Substatus;
using wire::xml::Node;

constexpr std::size_t kMostEvents = 1000;   // of a shipment; the oldest are left out
constexpr std::size_t kMostUnmapped = 100;  // told of one answer

// The step that a reading is, where the declaration names none.
std::optional<Milestone> milestone_for(const Reading& reading) {
  switch (reading.status) {
    case Status::Delivered:
      return Milestone::Delivered;
    case Status::Undelivered:
      return Milestone::FailedAttempt;
    case Status::Pickup:
      if (reading.substatus == Substatus::AvailableForPickup) return Milestone::AvailableForPickup;
      return reading.substatus == Substatus::OutForDelivery ? std::optional(Milestone::OutForDelivery) : std::nullopt;
    case Status::Exception:
      return reading.substatus == Substatus::Returned ? Milestone::Returned : Milestone::Exception;
    case Status::Transit:
      if (reading.substatus == Substatus::ArrivedAtDeliveryFacility) return Milestone::DestinationArrived;
      if (reading.substatus == Substatus::ArrivedInDestinationCountry) return Milestone::ArrivalfromAbroad;
      return reading.substatus == Substatus::CustomsCleared ? std::optional(Milestone::CustomsClearance) : std::nullopt;
    case Status::Pending:
    case Status::NotFound:
    case Status::Expired:
      return std::nullopt;
  }
  return std::nullopt;
}

// Clocks are compared as they stand unless the zone of every row is known: an offset that we worked out for some of
// them alone would reorder them.
void level_offsets(std::vector<Checkpoint>& checkpoints) {
  const auto is_bare = [](const Checkpoint& c) {
    return c.time.precision != domain::Precision::None && !c.time.offset;
  };
  if (std::none_of(checkpoints.begin(), checkpoints.end(), is_bare)) return;
  for (Checkpoint& checkpoint : checkpoints) {
    if (!checkpoint.time.offset_told) checkpoint.time.offset.reset();
  }
}

// Oldest first by moment; rows of one moment keep the carrier's order, rows without a clock stay behind the row before.
void sort_by_moment(std::vector<Checkpoint>& checkpoints) {
  std::vector<std::pair<Timestamp, Checkpoint>> keyed;
  keyed.reserve(checkpoints.size());
  Timestamp before = Timestamp::min();
  for (Checkpoint& checkpoint : checkpoints) {
    if (checkpoint.time.precision != domain::Precision::None) before = checkpoint.time.order_key();
    keyed.emplace_back(before, std::move(checkpoint));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) checkpoints[i] = std::move(keyed[i].second);
}

// The carrier's own status explains the newest row when that says nothing to us.
void explain_newest(domain::CarrierReport& report) {
  if (!report.reading) return;
  const auto newest = std::find_if(report.checkpoints.rbegin(), report.checkpoints.rend(),
                                   [](const Checkpoint& c) { return !c.notice; });
  if (newest == report.checkpoints.rend() || newest->reading) return;
  newest->reading = report.reading;
  if (!newest->milestone) newest->milestone = milestone_for(*report.reading);
}

std::optional<Reading> judged(const domain::CarrierReport& report) {
  domain::Leg leg;
  leg.timeline = domain::Timeline::restored(report.checkpoints);
  leg.reported = report.reading;
  return domain::judge(leg, {});
}

std::string country(std::string text) {
  return text.size() == 2 && ascii::is_letter(text[0]) && ascii::is_letter(text[1]) ? ascii::to_upper(text) : "";
}

std::uint64_t leading_number(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

ParsedShipment unknown_shipment() {
  ParsedShipment shipment;
  shipment.unknown = true;
  shipment.standing = Reading{Status::NotFound, Substatus::NoInformation};
  return shipment;
}

ReadShipment ShipmentReader::read(Node item) {
  const AnswerMapping& mapping = format_.answer;
  ReadShipment read;
  ParsedShipment& shipment = read.shipment;
  const auto error = find_error(mapping.item_errors, http_status_, item);
  if (error == AnswerErrorKind::NotFound) {
    shipment = unknown_shipment();
  } else if (error) {
    shipment.error = error;
  } else if (mapping.waybill) {
    read_air(item, shipment);
  } else {
    read_report(item, shipment);
  }
  shipment.report.number = read_field(mapping.number, item);
  for (const Field& other : mapping.other_numbers) {
    if (auto number = read_field(other, item); !number.empty()) shipment.other_numbers.push_back(std::move(number));
  }
  read.duplicate_key = leading_number(read_field(mapping.duplicate_key, item));
  return read;
}

void ShipmentReader::read_report(Node item, ParsedShipment& into) {
  domain::CarrierReport& report = into.report;
  const StatusFound found = find_status(format_.answer.item_status, item, {});
  report.reading = found.verdict.reading;
  if (!found.explained) note_unmapped(found.key);
  read_checkpoints(item, report);
  if (report.checkpoints.empty() && !report.reading && found.key.empty()) {
    into = unknown_shipment();
    return;
  }
  explain_newest(report);
  into.standing = judged(report);
  read_facts(item, report.facts);
  read_hand_off(item, report);
  if (into.standing && into.standing->status == Status::Delivered) read_delivery(item, report);
}

void ShipmentReader::read_air(Node item, ParsedShipment& into) {
  ReadWaybill read = read_waybill(format_.answer, item);
  for (std::string& code : read.unmapped) note_unmapped(std::move(code));
  if (!tells_anything(read.shipment)) {
    into = unknown_shipment();
    return;
  }
  into.standing = read.shipment.reading;
  into.air = std::move(read.shipment);
}

void ShipmentReader::read_checkpoints(Node item, domain::CarrierReport& report) {
  std::vector<Node> events = format_.answer.events->nodes(item);
  if (format_.answer.order == EventOrder::NewestFirst) std::reverse(events.begin(), events.end());
  if (events.size() > kMostEvents) events.erase(events.begin(), events.end() - kMostEvents);
  for (const Node event : events) {
    Checkpoint checkpoint = read_checkpoint(event);
    const bool blank = checkpoint.description.empty() && checkpoint.code.empty() && checkpoint.time_raw.empty();
    if (!blank) report.checkpoints.push_back(std::move(checkpoint));
  }
  level_offsets(report.checkpoints);
  sort_by_moment(report.checkpoints);
  domain::number_in_sequence(report.checkpoints);
}

Checkpoint ShipmentReader::read_checkpoint(Node event) {
  const AnswerMapping& mapping = format_.answer;
  Checkpoint checkpoint;
  WrittenTime time = read_time(mapping.event_time, event);
  checkpoint.time = time.time;
  checkpoint.time_raw = std::move(time.raw);
  checkpoint.description = read_joined(mapping.description, event, true);
  checkpoint.location = read_joined(mapping.location, event, true);
  checkpoint.code = read_joined(mapping.code, event);
  checkpoint.source = format_.source();
  const StatusFound found = find_status(mapping.event_status, event, checkpoint.description);
  checkpoint.reading = found.verdict.reading;
  checkpoint.notice = found.verdict.notice;
  checkpoint.milestone = found.verdict.milestone;
  if (!checkpoint.milestone && checkpoint.reading && !checkpoint.notice) {
    checkpoint.milestone = milestone_for(*checkpoint.reading);
  }
  if (!found.explained) note_unmapped(checkpoint.code.empty() ? checkpoint.description : checkpoint.code);
  return checkpoint;
}

void ShipmentReader::read_facts(Node item, domain::ShipmentFacts& facts) const {
  const FactFields& fields = format_.answer.facts;
  facts.origin_country = country(read_field(fields.origin_country, item));
  facts.destination_country = country(read_field(fields.destination_country, item));
  facts.service = read_field(fields.service, item);
  facts.weight = read_joined(fields.weight, item);
  facts.reference = read_field(fields.reference, item);
  facts.estimated_delivery = to_iso_as_told(read_time(fields.estimated_delivery, item).time);
}

void ShipmentReader::read_hand_off(Node item, domain::CarrierReport& report) const {
  const FactFields& fields = format_.answer.facts;
  report.last_mile_carrier =
      domain::CarrierCode::parse(read_field(fields.last_mile_carrier, item)).value_or(domain::CarrierCode{});
  report.last_mile_number = read_field(fields.last_mile_number, item);
}

void ShipmentReader::read_delivery(Node item, domain::CarrierReport& report) const {
  report.facts.signed_by = read_field(format_.answer.signer, item);
  const domain::EventTime told = read_time(format_.answer.delivered_at, item).time;
  if (told.precision != domain::Precision::None) {
    report.delivered_at = told;
    return;
  }
  // A notice may know when, though never whether: the signature was taken at the delivery.
  for (auto at = report.checkpoints.rbegin(); at != report.checkpoints.rend(); ++at) {
    const bool delivered = at->reading && at->reading->status == Status::Delivered;
    if (!delivered || at->time.precision == domain::Precision::None) continue;
    report.delivered_at = at->time;
    return;
  }
}

void ShipmentReader::note_unmapped(std::string code) {
  constexpr std::size_t kLongest = 200;
  if (code.empty() || code.size() > kLongest || unmapped_.size() == kMostUnmapped) return;
  if (std::find(unmapped_.begin(), unmapped_.end(), code) == unmapped_.end()) unmapped_.push_back(std::move(code));
}

}  // namespace parcelwake::carriers
