#pragma once

#include <optional>
#include <span>
#include <vector>

#include "carriers/asking/unmapped_codes.h"
#include "carriers/declaration/declaration.h"
#include "carriers/engine/answer.h"
#include "ports/carrier_gateway.h"
#include "wire/http/client/client.h"

namespace parcelwake::carriers {

// What a carrier or airline says to one question. The shipment is neither unknown nor an error.
using ShipmentAnswer = Result<ParsedShipment, ports::CarrierFailure>;

// What one answer of a carrier says to the questions it was asked with.
struct AnswerRead {
  std::vector<ShipmentAnswer> answers;   // one a question, in their order
  std::vector<bool> passed_over;         // one a question: the answer does not speak of its number at all
  std::optional<AnswerErrorKind> error;  // when the answer as a whole is an error
};

// Finds in the answer what belongs to each question. A number that the answer passes over reads as unknown. Codes that
// nobody knows are noted in `unmapped`.
AnswerRead read_carrier_answer(const WireFormat& format, const wire::http::ClientResponse& response,
                               std::span<const ports::CarrierQuestion> questions, Timestamp now,
                               UnmappedCodes& unmapped);

// How a request without an answer reads to those who asked.
ports::CarrierFailure failure_for(const wire::http::ClientError& error);

}  // namespace parcelwake::carriers
