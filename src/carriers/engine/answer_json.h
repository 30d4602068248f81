#pragma once

#include <string>

#include "carriers/engine/answer.h"

namespace parcelwake::carriers {

// "auth", "rate_limit", "bad_request", "invalid_number", "server", "not_found".
std::string_view name_of(AnswerErrorKind kind);

// What an answer says as one JSON document: results with their events newest first, the error, unmapped codes.
// `number` stands in where the answer carries none and holds one shipment; empty: nothing stands in.
std::string answer_json(const ParsedAnswer& answer, std::string_view number);

}  // namespace parcelwake::carriers
