#include "api/common/meta.h"

#include <charconv>

namespace parcelwake::api {
namespace {

struct Words {
  std::string_view type;
  std::string_view message;
};

Words words_of(Meta meta) {
  switch (meta) {
    case Meta::Ok:
      return {"Success", "Success"};
    case Meta::Created:
      return {"Created", "The request was successful and a resource was created."};
    case Meta::OverLimit:
      return {"Bad Request", "The request was successful but exceeding the limit."};
    case Meta::BadRequest:
      return {"Bad Request", "The request is not well-formed HTTP."};
    case Meta::PermissionDenied:
      return {"Unauthorized", "Authentication failed or user does not have permissions for the requested operation."};
    case Meta::PaymentRequired:
      return {"Payment Required", "Payment required."};
    case Meta::AccessDenied:
      return {"Forbidden", "Access denied."};
    case Meta::RouteNotFound:
      return {"Not Found", "Resource was not found."};
    case Meta::MethodNotAllowed:
      return {"Method Not Allowed", "Requested method is not supported for the specified resource."};
    case Meta::Conflict:
      return {"Conflict", "The request could not be completed due to a conflict."};
    case Meta::BodyTooLarge:
      return {"Bad Request", "The request body is too large."};
    case Meta::TargetTooLong:
      return {"Bad Request", "The request target is too long."};
    case Meta::TooManyRequests:
      return {"Too Many Requests", "Exceeded API limits. Pause requests, wait two minute, and try again."};
    case Meta::HeadTooLarge:
      return {"Bad Request", "The request header fields are too large."};
    case Meta::ServerError:
      return {"Server error", ""};
    case Meta::Unavailable:
      return {"Service Unavailable",
              "The service is temporary unavailable (e.g. scheduled Platform Maintenance). Try again later."};
    case Meta::VersionNotSupported:
      return {"Bad Request", "This version of HTTP is not supported."};
    case Meta::KeyInvalid:
      return {"Unauthorized", "Invalid API key."};
    case Meta::KeyDeleted:
      return {"Unauthorized", "API key has been deleted."};
    case Meta::NotUnderstood:
      return {"Bad Request", "The request could not be understood or was missing required parameters."};
    case Meta::NumberRequired:
      return {"Bad Request", "Tracking_number is required."};
    case Meta::NumberInvalid:
      return {"Bad Request", "The value of `tracking_number` is invalid."};
    case Meta::CarrierInvalid:
      return {"Bad Request", "The value of `carrier_code` is invalid."};
    case Meta::AlreadyExists:
      return {"Bad Request", "Tracking already exists."};
    case Meta::DoesNotExist:
      return {"Bad Request", "Tracking does not exist."};
    case Meta::FeatureOff:
      return {"Bad Request", "Due to overload risks this feature requires custom activation."};
    case Meta::BalanceTooLow:
      return {"Bad Request",
              "Your balance is not enough, please recharge in time, free account can add up to 500 single numbers per "
              "month."};
    case Meta::BalanceGone:
      return {"Bad Request", "Your remaining balance is not enough, so you can not call the API request data."};
    case Meta::TooManyRows:
      return {"Bad Request", "Up to 200 at a time"};
    case Meta::Empty:
      return {"No Content", "The request was successful but the response is empty."};
    case Meta::CourierUndetected:
      return {"No Content", "Cannot detect courier."};
    case Meta::StatusInvalid:
      return {"No Content", "The value of `status` is invalid."};
  }
  return {"Server error", ""};
}

}  // namespace

std::string_view type_of(Meta meta) { return words_of(meta).type; }
std::string_view message_of(Meta meta) { return words_of(meta).message; }

int http_status_of(Meta meta) {
  switch (meta) {
    case Meta::BadRequest:
    case Meta::RouteNotFound:
    case Meta::MethodNotAllowed:
    case Meta::BodyTooLarge:
    case Meta::TargetTooLong:
    case Meta::HeadTooLarge:
    case Meta::ServerError:
    case Meta::Unavailable:
    case Meta::VersionNotSupported:
      return static_cast<int>(meta);
    default:
      return 200;
  }
}

void write_meta(wire::json::Writer& writer, Meta meta) { write_meta(writer, meta, message_of(meta)); }

void write_meta(wire::json::Writer& writer, Meta meta, std::string_view message) {
  writer.key("meta").begin_object();
  writer.field("code", static_cast<int>(meta)).field("type", type_of(meta)).field("message", message).end_object();
}

void begin_envelope(wire::json::Writer& writer, Meta meta) { begin_envelope(writer, meta, message_of(meta)); }

void begin_envelope(wire::json::Writer& writer, Meta meta, std::string_view message) {
  writer.begin_object();
  write_meta(writer, meta, message);
  writer.key("data");
}

int meta_code_of(std::string_view body) {
  constexpr std::string_view kBeginning = R"({"meta":{"code":)";
  if (!body.starts_with(kBeginning)) return 0;
  int code = 0;
  std::from_chars(body.data() + kBeginning.size(), body.data() + body.size(), code);
  return code;
}

wire::http::Response empty_answer(Meta meta) { return empty_answer(meta, message_of(meta)); }

wire::http::Response empty_answer(Meta meta, std::string_view message) {
  wire::http::Response response;
  response.status = http_status_of(meta);
  wire::json::Writer writer(response.body);
  begin_envelope(writer, meta, message);
  writer.begin_array().end_array().end_object();
  return response;
}

wire::http::Response http_error_page(int status) {
  switch (status) {
    case 400:
      return empty_answer(Meta::BadRequest);
    case 404:
      return empty_answer(Meta::RouteNotFound);
    case 405:
      return empty_answer(Meta::MethodNotAllowed);
    case 413:
      return empty_answer(Meta::BodyTooLarge);
    case 414:
      return empty_answer(Meta::TargetTooLong);
    case 431:
      return empty_answer(Meta::HeadTooLarge);
    case 503:
      return empty_answer(Meta::Unavailable);
    case 505:
      return empty_answer(Meta::VersionNotSupported);
    default: {
      wire::http::Response response = empty_answer(status >= 500 ? Meta::ServerError : Meta::BadRequest);
      response.status = status;
      return response;
    }
  }
}

}  // namespace parcelwake::api
