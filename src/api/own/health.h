#pragma once

#include "wire/http/server/message.h"

namespace parcelwake::api {

// GET /healthz and /readyz: 200 {"status":"ok"}, or 503 {"status":"unavailable"}.
wire::http::Response health_answer(bool ok);

}  // namespace parcelwake::api
