#include "carriers/asking/carrier_answer.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>

#include "wire/http/client/retry_after.h"

namespace parcelwake::carriers {
namespace {

using ports::CarrierError;
using ports::CarrierFailure;

CarrierError error_for(AnswerErrorKind kind) {
  switch (kind) {
    case AnswerErrorKind::Auth:
    case AnswerErrorKind::BadRequest:
      return CarrierError::Refused;
    case AnswerErrorKind::RateLimit:
      return CarrierError::Throttled;
    case AnswerErrorKind::InvalidNumber:
      return CarrierError::InvalidNumber;
    case AnswerErrorKind::Server:
      return CarrierError::Unreachable;
    case AnswerErrorKind::NotFound:
      return CarrierError::UnknownNumber;
  }
  return CarrierError::Unreadable;
}

std::string_view words_for(AnswerErrorKind kind) {
  switch (kind) {
    case AnswerErrorKind::Auth:
      return "the carrier refused the credentials";
    case AnswerErrorKind::BadRequest:
      return "the carrier refused the request";
    case AnswerErrorKind::RateLimit:
      return "the carrier says: too fast";
    case AnswerErrorKind::InvalidNumber:
      return "the carrier refuses the number's form";
    case AnswerErrorKind::Server:
      return "the carrier has an error of its own";
    case AnswerErrorKind::NotFound:
      return "the carrier does not know the number";
  }
  return "";
}

// What the HTTP status alone says about an answer that no rule of the declaration covers.
std::optional<AnswerErrorKind> error_by_status(int status) {
  if (status == 401 || status == 403 || status == 407) return AnswerErrorKind::Auth;
  if (status == 429) return AnswerErrorKind::RateLimit;
  if (status >= 500) return AnswerErrorKind::Server;
  return std::nullopt;
}

CarrierFailure unreadable(int status) {
  return {CarrierError::Unreadable, fmt::format("the answer cannot be read, HTTP {}", status), std::nullopt};
}

CarrierFailure failure_of(AnswerErrorKind kind, const wire::http::ClientResponse& response, Timestamp now) {
  CarrierFailure failure{error_for(kind), fmt::format("{}, HTTP {}", words_for(kind), response.status), std::nullopt};
  if (failure.error == CarrierError::Throttled || failure.error == CarrierError::Unreachable) {
    failure.retry_after = wire::http::parse_retry_after(response.retry_after, now);
  }
  return failure;
}

ShipmentAnswer answer_of(const ParsedShipment* shipment, const wire::http::ClientResponse& response, Timestamp now) {
  if (shipment == nullptr) {
    return fail(CarrierFailure{CarrierError::UnknownNumber, "the answer passes the number over", std::nullopt});
  }
  if (shipment->error) return fail(failure_of(*shipment->error, response, now));
  if (shipment->unknown) return fail(failure_of(AnswerErrorKind::NotFound, response, now));
  ParsedShipment told = *shipment;
  for (domain::Checkpoint& checkpoint : told.report.checkpoints) checkpoint.first_seen = now;
  return told;
}

}  // namespace

AnswerRead read_carrier_answer(const WireFormat& format, const wire::http::ClientResponse& response,
                               std::span<const ports::CarrierQuestion> questions, Timestamp now,
                               UnmappedCodes& unmapped) {
  const ParsedAnswer parsed = parse_answer(format, {response.status, response.body, response.content_type});
  for (const std::string& code : parsed.unmapped) unmapped.note(format.name, code);
  AnswerRead read;
  read.error = parsed.unreadable ? error_by_status(response.status) : parsed.error;
  if (read.error) {
    read.answers.assign(questions.size(), fail(failure_of(*read.error, response, now)));
  } else if (parsed.unreadable) {
    read.answers.assign(questions.size(), fail(unreadable(response.status)));
  } else {
    for (const ports::CarrierQuestion& question : questions) {
      const auto* shipment = shipment_for(parsed, question.number.text(), questions.size());
      read.answers.push_back(answer_of(shipment, response, now));
      read.passed_over.push_back(shipment == nullptr);
    }
  }
  read.passed_over.resize(questions.size(), false);
  return read;
}

CarrierFailure failure_for(const wire::http::ClientError& error) {
  using Kind = wire::http::ClientError::Kind;
  switch (error.kind) {
    case Kind::Malformed:
    case Kind::ForbiddenAddress:
      return {CarrierError::Refused, error.detail, std::nullopt};
    case Kind::Unreachable:
    case Kind::Insecure:
    case Kind::TimedOut:
    case Kind::Stopped:
      return {CarrierError::Unreachable, error.detail, std::nullopt};
    case Kind::TooLarge:
    case Kind::Garbled:
      return {CarrierError::Unreadable, error.detail, std::nullopt};
  }
  return {CarrierError::Unreachable, error.detail, std::nullopt};
}

}  // namespace parcelwake::carriers
