#pragma once

#include "base/observe/log.h"
#include "wire/http/server/observed.h"

namespace parcelwake::server {

enum class RequestLog {
  Off,
  Errors,  // answers that say that something failed or was refused: HTTP 4xx and 5xx, and meta codes that mean them
  All,
};

// Whether such an answer is one of Errors. "Already added", "not added yet" and "nothing detected" are usual answers
// and none; a code of 0 is no code.
bool is_error(int status, int meta_code);

// Writes a line about a request: method, route template, dialect, codes, duration, account id and request id. Nothing
// of what the client sent, so neither key nor number can be in it.
void log_request(const wire::http::Observed& observed, int meta_code, RequestLog which);

}  // namespace parcelwake::server
