#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "carriers/declaration/declaration.h"
#include "domain/tracking/tracking.h"
#include "domain/waybill/air_shipment.h"

namespace parcelwake::carriers {

// What came back over HTTP.
struct RawAnswer {
  int http_status = 200;
  std::string_view body;
  std::string_view content_type;  // the header as it came; empty when there was none
};

// One shipment of an answer.
struct ParsedShipment {
  domain::CarrierReport report;             // of an air waybill its number alone
  std::optional<domain::AirShipment> air;   // of airlines alone: what the answer says of the waybill
  std::vector<std::string> other_numbers;   // under which it may have been asked for as well
  std::optional<domain::Reading> standing;  // where the report as a whole says the parcel is
  bool unknown = false;                     // the carrier does not know the number; the report is empty then
  std::optional<AnswerErrorKind> error;     // of this number alone; never NotFound
};

// What an answer says. Either an error of the whole, or shipments in the answer's order: exactly one that is unknown
// when the carrier knows nothing of what was asked.
struct ParsedAnswer {
  std::vector<ParsedShipment> shipments;
  std::optional<AnswerErrorKind> error;  // never NotFound
  bool unreadable = false;               // the error is that the declaration could make nothing of the bytes
  std::vector<std::string> unmapped;     // codes (of rows without a code, texts) that nothing explains, each once
};

// The format of `declaration` whose shape the answer has; nullptr when none fits or the bytes cannot be read.
const WireFormat* recognise(const Declaration& declaration, const RawAnswer& answer);

// Reads an answer of foreign making. Pure and safe from any thread; time and memory are bounded by the body's size, and
// no bytes whatever make it fail but with an error.
ParsedAnswer parse_answer(const WireFormat& format, const RawAnswer& answer);

// The shipment that answers the question for `number`: the one of that number; when nothing else was `asked` any, since
// carriers write numbers in other ways than their customers. nullptr when the answer says nothing about it.
const ParsedShipment* shipment_for(const ParsedAnswer& answer, std::string_view number, std::size_t asked);

}  // namespace parcelwake::carriers
