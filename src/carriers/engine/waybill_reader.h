#pragma once

#include <string>
#include <vector>

#include "carriers/declaration/answer.h"
#include "domain/waybill/air_shipment.h"

namespace parcelwake::carriers {

struct ReadWaybill {
  domain::AirShipment shipment;       // complete()d
  std::vector<std::string> unmapped;  // codes that are none of IATA's, each once
};

// Reads one item of an airline's answer. `mapping` has a waybill.
ReadWaybill read_waybill(const AnswerMapping& mapping, wire::xml::Node item);

// Whether the airline told anything of a shipment.
bool tells_anything(const domain::AirShipment& shipment);

}  // namespace parcelwake::carriers
