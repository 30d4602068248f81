#pragma once

#include <string_view>

#include "wire/http/server/message.h"
#include "wire/json/writer.h"

namespace parcelwake::api::trackingmore_v4 {

// meta.code of TrackingMore v4. Numbers and messages: the vendor's list of response codes.
enum class Code {
  Ok = 200,
  BadRequest = 400,
  Unauthorized = 401,
  Forbidden = 403,
  NotFound = 404,
  MethodNotAllowed = 405,  // not in the list, as what HTTP itself refuses: it says the HTTP status once more
  BodyTooLarge = 413,
  TargetTooLong = 414,
  TooManyRequests = 429,
  HeadTooLarge = 431,
  Unavailable = 503,
  VersionNotSupported = 505,
  ServerFailed = 511,
  StoreFull = 512,
  ServerBusy = 513,
  AlreadyExists = 4101,
  DoesNotExist = 4102,
  TooManyRows = 4103,
  NumberInvalid = 4110,
  NumberRequired = 4111,
  IdInvalid = 4112,
  RetrackNotAllowed = 4113,
  CourierInvalid = 4120,
  CourierUndetected = 4121,
  FieldInvalid = 4130,
  WaybillInvalid = 4160,
  AirlineUnsupported = 4161,
  QuotaReached = 4190,
};

std::string_view message_of(Code code);

// Unlike in v2 the HTTP status tells success from failure: 400 for all that has a number above 4000, 500 for 511 to
// 513, the code's own for the others.
int http_status_of(Code code);

// {"meta":{…},"data": — the caller writes the data and the last bracket. Nothing but code and message may stand in
// meta: the Java SDK refuses what it does not know.
void begin_envelope(wire::json::Writer& writer, Code code);

// A whole answer whose data is null, which every SDK can read into whatever it expects.
wire::http::Response error_answer(Code code);

// The answer to a request that never reached this dialect.
wire::http::Response http_error_page(int status);

}  // namespace parcelwake::api::trackingmore_v4
