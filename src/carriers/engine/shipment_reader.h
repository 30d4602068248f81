#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "carriers/engine/answer.h"

namespace parcelwake::carriers {

// The kind of the first rule that holds. `at` is nothing when the answer could not be read.
std::optional<AnswerErrorKind> find_error(const std::vector<ErrorRule>& rules, int http_status,
                                          const std::optional<wire::xml::Node>& at);

// A shipment of which the carrier knows nothing.
ParsedShipment unknown_shipment();

struct ReadShipment {
  ParsedShipment shipment;
  std::uint64_t duplicate_key = 0;
};

// Reads the items of one answer, one after the other.
class ShipmentReader {
 public:
  ShipmentReader(const WireFormat& format, int http_status) : format_(format), http_status_(http_status) {}

  ReadShipment read(wire::xml::Node item);

  // Codes that nothing explained so far, each once.
  std::vector<std::string> take_unmapped() && { return std::move(unmapped_); }

 private:
  void read_report(wire::xml::Node item, ParsedShipment& into);
  void read_air(wire::xml::Node item, ParsedShipment& into);
  void read_checkpoints(wire::xml::Node item, domain::CarrierReport& report);
  domain::Checkpoint read_checkpoint(wire::xml::Node event);
  void read_facts(wire::xml::Node item, domain::ShipmentFacts& facts) const;
  void read_hand_off(wire::xml::Node item, domain::CarrierReport& report) const;
  void read_delivery(wire::xml::Node item, domain::CarrierReport& report) const;
  void note_unmapped(std::string code);

  const WireFormat& format_;
  const int http_status_;
  std::vector<std::string> unmapped_;
};

}  // namespace parcelwake::carriers
