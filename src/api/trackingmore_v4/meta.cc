#include "api/trackingmore_v4/meta.h"

namespace parcelwake::api::trackingmore_v4 {

std::string_view message_of(Code code) {
  switch (code) {
    case Code::Ok:
      return "Request response is successful";
    case Code::BadRequest:
      return "Request type error.";
    case Code::Unauthorized:
      return "Authentication failed or has no permission.";
    case Code::Forbidden:
      return "Access prohibited.";
    case Code::NotFound:
      return "Page does not exist.";
    case Code::MethodNotAllowed:
      return "Requested method is not supported for the specified resource.";
    case Code::BodyTooLarge:
      return "The request body is too large.";
    case Code::TargetTooLong:
      return "The request target is too long.";
    case Code::TooManyRequests:
      return "Exceeded API request limits, please try again later.";
    case Code::HeadTooLarge:
      return "The request header fields are too large.";
    case Code::Unavailable:
      return "The service is temporarily unavailable, please try again later.";
    case Code::VersionNotSupported:
      return "This version of HTTP is not supported.";
    case Code::ServerFailed:
      return "Server error.";
    case Code::StoreFull:
      return "Server error: nothing more can be stored.";
    case Code::ServerBusy:
      return "Server error: too busy, please try again later.";
    case Code::AlreadyExists:
      return "Tracking No. already exists.";
    case Code::DoesNotExist:
      return "Tracking No. no exists.";
    case Code::TooManyRows:
      return "The maximum quantity is 40 shipments per call.";
    case Code::NumberInvalid:
      return "The value of tracking_number is invalid.";
    case Code::NumberRequired:
      return "Tracking_number is required.";
    case Code::IdInvalid:
      return "Invalid Tracking ID.";
    case Code::RetrackNotAllowed:
      return "Retrack is not allowed. You can only retrack an expired tracking.";
    case Code::CourierInvalid:
      return "The value of courier_code is invalid.";
    case Code::CourierUndetected:
      return "Cannot detect courier.";
    case Code::FieldInvalid:
      return "The format of Field name is invalid.";
    case Code::WaybillInvalid:
      return "The awb_number is required or invalid format.";
    case Code::AirlineUnsupported:
      return "The awb airline does not support yet.";
    case Code::QuotaReached:
      return "You have reached the maximum quota limit, please upgrade your current plan.";
  }
  return {};
}

int http_status_of(Code code) {
  const int number = static_cast<int>(code);
  if (number > 4000) return 400;
  return number > 510 ? 500 : number;
}

void begin_envelope(wire::json::Writer& writer, Code code) {
  writer.begin_object().key("meta").begin_object();
  writer.field("code", static_cast<int>(code)).field("message", message_of(code)).end_object();
  writer.key("data");
}

wire::http::Response error_answer(Code code) {
  wire::http::Response response;
  response.status = http_status_of(code);
  wire::json::Writer writer(response.body);
  begin_envelope(writer, code);
  writer.null().end_object();
  return response;
}

wire::http::Response http_error_page(int status) {
  switch (status) {
    case 404:
      return error_answer(Code::NotFound);
    case 405:
      return error_answer(Code::MethodNotAllowed);
    case 413:
      return error_answer(Code::BodyTooLarge);
    case 414:
      return error_answer(Code::TargetTooLong);
    case 431:
      return error_answer(Code::HeadTooLarge);
    case 503:
      return error_answer(Code::Unavailable);
    case 505:
      return error_answer(Code::VersionNotSupported);
    default: {
      wire::http::Response response = error_answer(status >= 500 ? Code::ServerFailed : Code::BadRequest);
      response.status = status;
      return response;
    }
  }
}

}  // namespace parcelwake::api::trackingmore_v4
