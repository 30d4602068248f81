#pragma once

#include "wire/http/server/message.h"

namespace parcelwake::api {

enum class Health {
  Ok,
  Unavailable,  // cannot do its work
  Draining,     // can, and will stop soon
};

// GET /healthz and /readyz: 200 {"status":"ok"}, or 503 {"status":"unavailable"} or "draining".
wire::http::Response health_answer(Health health);

}  // namespace parcelwake::api
