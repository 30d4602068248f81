#pragma once

#include <string>
#include <string_view>

#include "wire/http/server/message.h"
#include "wire/json/writer.h"

namespace parcelwake::api {

// meta.code of the v1 and v2 dialects. Numbers, types and messages: api-index pages of Trackru, Tracktry and
// TrackingMore v2, with the bare sentences of the vendor's PHP SDK.
enum class Meta {
  Ok = 200,
  Created = 201,
  OverLimit = 202,
  BadRequest = 400,
  PermissionDenied = 401,
  PaymentRequired = 402,
  AccessDenied = 403,
  RouteNotFound = 404,
  MethodNotAllowed = 405,
  Conflict = 409,
  BodyTooLarge = 413,
  TargetTooLong = 414,
  TooManyRequests = 429,
  HeadTooLarge = 431,
  ServerError = 500,
  Unavailable = 503,
  VersionNotSupported = 505,
  KeyInvalid = 4001,
  KeyDeleted = 4002,
  NotUnderstood = 4012,
  NumberRequired = 4013,
  NumberInvalid = 4014,
  CarrierInvalid = 4015,
  AlreadyExists = 4016,
  DoesNotExist = 4017,
  FeatureOff = 4018,
  BalanceTooLow = 4019,
  TooManyRows = 4020,
  BalanceGone = 4021,
  Empty = 4031,
  CourierUndetected = 4032,
  StatusInvalid = 4033,
};

// A message that differs between dialects or installations is here as Tracktry words it: message_in() knows better.
std::string_view type_of(Meta meta);
std::string_view message_of(Meta meta);

// The HTTP status it travels with: 200 for everything that the API itself says, the code's own for what is said about
// HTTP and about the server.
int http_status_of(Meta meta);

// The member "meta":{…} of an object that has begun.
void write_meta(wire::json::Writer& writer, Meta meta);
void write_meta(wire::json::Writer& writer, Meta meta, std::string_view message);

// {"meta":{…},"data": — the caller writes the data and the last bracket.
void begin_envelope(wire::json::Writer& writer, Meta meta);
void begin_envelope(wire::json::Writer& writer, Meta meta, std::string_view message);

// The code in an answer of any dialect, all of which begin with it; 0 in what is none.
int meta_code_of(std::string_view body);

// A whole answer whose data is [].
wire::http::Response empty_answer(Meta meta);
wire::http::Response empty_answer(Meta meta, std::string_view message);

// The answer to a request that never reached a dialect.
wire::http::Response http_error_page(int status);

}  // namespace parcelwake::api
